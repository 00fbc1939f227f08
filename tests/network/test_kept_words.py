"""What is being written and was not sent: kept sealed, offered once more to its writer alone, gone when it is sent or old."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from network.flows import erasing, keeping
from network.models import KeptWords
from tests.makers import enter_workspace, make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(network, deliver_all):
    return enter_workspace(network.writer, deliver_all)


def keep(client, place: str, words: object) -> int:
    text = words if isinstance(words, str) else json.dumps(words)
    return client.post("/organise/keeping/", {"place": place, "words": text}).status_code


def test_it_is_offered_to_its_writer_and_gone_when_it_is_sent(network, desk, deliver_all):
    case = make_case(network, published=False)
    place = f"/organise/cases/{case.pk}/words/"
    assert keep(desk, place, {"story_en": ["Planted-words"]}) == 204
    assert "Planted-words" in desk.get(place).content.decode()
    assert "Planted-words" not in enter_workspace(network.approver, deliver_all).get(place).content.decode()
    desk.post(place, {"who_en": "W", "summary_en": "S", "story_en": "Sent."})
    assert not KeptWords.objects.exists()
    assert "Planted-words" not in desk.get(place).content.decode()


def test_it_lies_sealed(network, desk):
    keep(desk, "/organise/cases/1/words/", {"story_en": ["Planted-words"]})
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM network_keptwords")
        assert "Planted" not in cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("/organise/x/", "no json"),
        ("/organise/x/", [1]),
        ("/organise/x/", {"a": 1}),
        ("/organise/x/", {"a": "b"}),
        ("/organise/x/", {"a": [1]}),
        ("/me/", {"a": ["b"]}),
        ("/organise/" + "x" * 300, {"a": ["b"]}),
    ],
)
def test_what_is_no_form_of_the_workspace_is_refused(desk, place, words):
    assert keep(desk, place, words) == 400
    assert not KeptWords.objects.exists()


def test_it_does_not_outlast_its_hours_or_its_writer(network, desk, settings):
    keep(desk, "/organise/a/", {"a": ["b"]})
    keep(desk, "/organise/b/", {"a": ["b"]})
    KeptWords.objects.filter(place="/organise/a/").update(
        kept_at=timezone.now() - timedelta(hours=settings.KEPT_WORDS_HOURS + 1)
    )
    assert keeping.forget_old(at=timezone.now()) == 1
    erasing.erase(network.writer, at=timezone.now())
    assert not KeptWords.objects.exists()


def hidden_fields(page: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page)}


@pytest.mark.parametrize("prefix", ["", "/fa"])
def test_what_is_sent_after_the_session_ended_is_held_and_sent_again(network, deliver_all, prefix):
    case, client = make_case(network, published=False), enter_workspace(network.writer, deliver_all)
    place = f"{prefix}/organise/cases/{case.pk}/words/"
    client.defaults["HTTP_SEC_FETCH_SITE"] = "same-origin"
    client.logout()
    answer = client.post(place, {"who_en": 'W "<b>', "summary_en": "S", "story_en": "two\nlines"})
    held = hidden_fields(answer.content.decode())
    assert (answer.status_code, held["who_en"], held["story_en"]) == (403, 'W "<b>', "two\nlines")
    assert "W" not in telling_of(case)
    again = enter_workspace(network.writer, deliver_all)
    assert again.post(place, held).status_code == 302
    assert telling_of(case) == 'W "<b>'


def telling_of(case) -> str:
    text = case.texts.filter(language="en").first()
    return text.who if text else ""


def test_an_old_token_of_somebody_signed_in_holds_the_words_too(network, deliver_all):
    case, known = make_case(network, published=False), enter_workspace(network.writer, deliver_all)
    strict = Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})
    strict.cookies = known.cookies
    answer = strict.post(f"/organise/cases/{case.pk}/words/", {"who_en": "W", "csrfmiddlewaretoken": "old"})
    page = answer.content.decode()
    assert answer.status_code == 403 and hidden_fields(page)["who_en"] == "W"
    assert "in another window" not in page  # they are signed in: sending again is enough


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {}])
def test_another_sites_words_are_held_on_none_of_our_pages(network, headers):
    answer = Client(headers=headers).post("/organise/cases/1/words/", {"who_en": "Planted"})
    assert answer.status_code == 403 and "Planted" not in answer.content.decode()


def test_a_long_persian_story_is_no_body_too_large(network, desk, settings):
    case = make_case(network, published=False)
    story = "داستان بلند " * 1600  # six bytes a letter on the wire
    body = {"who_en": "W", "summary_en": "S", "story_en": "T", "story_fa": story, "who_fa": "ک", "summary_fa": "خ"}
    answer = desk.post(
        f"/organise/cases/{case.pk}/words/", urlencode(body), content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 302
    assert len(case.texts.get(language="fa").story) > 18_000
    assert (
        Client()
        .post("/join/", urlencode({"name": story}), content_type="application/x-www-form-urlencoded")
        .status_code
        == 413
    )
