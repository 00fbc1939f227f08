"""What is being written and was not sent: kept sealed, offered once more to its writer alone, gone when it is sent or old."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
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
    assert keep(desk, place, {"story_en": "Planted-words"}) == 204
    assert "Planted-words" in desk.get(place).content.decode()
    assert "Planted-words" not in enter_workspace(network.approver, deliver_all).get(place).content.decode()
    desk.post(place, {"who_en": "W", "summary_en": "S", "story_en": "Sent."})
    assert not KeptWords.objects.exists()
    assert "Planted-words" not in desk.get(place).content.decode()


def test_it_lies_sealed(network, desk):
    keep(desk, "/organise/cases/1/words/", {"story_en": "Planted-words"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM network_keptwords")
        assert "Planted" not in cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("/organise/x/", "no json"),
        ("/organise/x/", [1]),
        ("/organise/x/", {"a": 1}),
        ("/me/", {"a": "b"}),
        ("/organise/" + "x" * 300, {"a": "b"}),
    ],
)
def test_what_is_no_form_of_the_workspace_is_refused(desk, place, words):
    assert keep(desk, place, words) == 400
    assert not KeptWords.objects.exists()


def test_it_does_not_outlast_its_hours_or_its_writer(network, desk, settings):
    keep(desk, "/organise/a/", {"a": "b"})
    keep(desk, "/organise/b/", {"a": "b"})
    KeptWords.objects.filter(place="/organise/a/").update(
        kept_at=timezone.now() - timedelta(hours=settings.KEPT_WORDS_HOURS + 1)
    )
    assert keeping.forget_old(at=timezone.now()) == 1
    erasing.erase(network.writer, at=timezone.now())
    assert not KeptWords.objects.exists()
