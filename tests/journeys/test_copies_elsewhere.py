"""What others copied is theirs to remove: whom we asked is on record, is asked again, and the family is told how many."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from campaigns.flows.gate import silencing
from campaigns.models import Takedown
from tests.makers import enter_workspace, make_case

pytestmark = pytest.mark.django_db
COPY = "https://archive.example/2026/golnar-sabzrud"


@pytest.fixture
def editor(network, deliver_all):
    return enter_workspace(network.writer, deliver_all)


@pytest.fixture
def silent(network):
    case = make_case(network)
    silencing.withdraw_case(case.pk, by=network.writer, at=timezone.now())
    return case


def test_a_copy_goes_from_asked_to_removed_and_the_family_is_told(silent, editor):
    url = f"/organise/cases/{silent.pk}/"
    assert "none found yet" in editor.get(url).content.decode()
    for _twice in range(2):  # the same copy is one copy
        assert editor.post(f"{url}copies/asking/", {"place": "archive", "copy": COPY}).status_code == 302
    editor.post(f"{url}copies/asking/", {"place": "search", "copy": "the second page of results"})
    archive, search = Takedown.objects.of_case(silent.pk)
    editor.post(f"/organise/copies/{archive.pk}/answering/", {"outcome": "removed"})
    editor.post(f"/organise/copies/{search.pk}/answering/", {"outcome": "refused"})
    listed = editor.get(f"{url}copies/").content.decode()
    assert COPY in listed and "A web archive" in listed
    assert "1 of 2 removed" in editor.get(url).content.decode()
    paper = editor.get(f"{url}silence/").content.decode()
    assert "We know of 2 copies elsewhere" in paper and "Removed: 1. Refused: 1. Not answered yet: 0." in paper
    assert COPY not in paper and "archive.example" not in paper


def test_who_does_not_answer_is_asked_again(silent, editor):
    editor.post(f"/organise/cases/{silent.pk}/copies/asking/", {"place": "archive", "copy": COPY})
    reminder = "Copies elsewhere, and no answer:"
    assert reminder not in editor.get("/organise/").content.decode()
    long_ago = timezone.now() - timedelta(days=settings.TAKEDOWN_REMINDER_DAYS)
    Takedown.objects.update(asked_at=long_ago)
    assert reminder in editor.get("/organise/").content.decode()
    editor.post(f"/organise/copies/{Takedown.objects.get().pk}/asking-again/")
    assert reminder not in editor.get("/organise/").content.decode()


@pytest.mark.parametrize("data", [{}, {"place": "archive"}, {"place": "nowhere", "copy": COPY}])
def test_what_is_missing_is_named_and_nothing_is_lost(silent, editor, data):
    page = editor.post(f"/organise/cases/{silent.pk}/copies/asking/", data)
    assert page.status_code == 400
    assert data.get("copy", "") in page.content.decode()
    assert not Takedown.objects.exists()


def test_an_answer_that_is_none_changes_nothing(silent, editor):
    editor.post(f"/organise/cases/{silent.pk}/copies/asking/", {"place": "archive", "copy": COPY})
    url = f"/organise/copies/{Takedown.objects.get().pk}/answering/"
    assert editor.post(url, {"outcome": "asked"}).status_code == editor.post(url).status_code == 400
    assert Takedown.objects.get().outcome == "asked"


def test_the_address_of_a_copy_lies_sealed(silent, editor):
    editor.post(f"/organise/cases/{silent.pk}/copies/asking/", {"place": "archive", "copy": COPY})
    with connection.cursor() as cursor:
        cursor.execute("SELECT copy FROM campaigns_takedown")
        [(stored,)] = cursor.fetchall()
    assert "golnar" not in stored and Takedown.objects.get().copy == COPY
