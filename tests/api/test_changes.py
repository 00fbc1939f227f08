"""The change feed: in order, without a gap, tombstones without a reason, and never across an epoch."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.flows.campaign import cohosting, launching
from campaigns.flows.gate import silencing
from network.flows.relaying import relay
from network.models import LogHead
from tests.makers import administrator_of, make_campaign, make_key, make_partner

pytestmark = pytest.mark.django_db


def read(after: str = "", *, key: str = "", limit: int = 50) -> dict:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    answer = Client(headers=headers).get(
        "/api/v1/changes", {"after": after, "limit": limit} if after else {"limit": limit}
    )
    assert answer.status_code == 200, answer.content
    return answer.json()


def launched(network):
    return launching.launch(make_campaign(network, launched=False).pk, by=network.approver, at=timezone.now())


def test_what_was_published_and_withdrawn_in_that_order(network):
    campaign = launched(network)
    relay()
    first = read()
    assert [(change["type"], change["id"]) for change in first["changes"]] == [
        ("campaign.published", str(campaign.public_id))
    ]
    assert read(first["next"])["changes"] == []
    silencing.withdraw_consent(campaign.case.consents.get().pk, by=network.writer, at=timezone.now())
    relay()
    later = read(first["next"])
    assert [(change["type"], change["id"]) for change in later["changes"]] == [
        ("campaign.withdrawn", str(campaign.public_id)),
        ("defender.withdrawn", str(campaign.case.defender.public_id)),
    ]
    assert all(set(change) == {"type", "id", "cursor"} for change in later["changes"])


def test_what_was_never_published_has_no_tombstone(network):
    draft = make_campaign(network, launched=False)
    silencing.withdraw_consent(draft.case.consents.get().pk, by=None, at=timezone.now())
    relay()
    assert read()["changes"] == []


def test_page_by_page_is_the_same_as_at_once(network):
    for _ in range(7):
        launched(network)
    relay()
    whole = read()["changes"]
    pages, cursor, more = [], "", True
    while more:
        page = read(cursor, limit=2)
        pages += page["changes"]
        cursor, more = page["next"], page["has_more"]
    assert pages == whole and len(whole) == 7
    assert read(whole[2]["cursor"])["changes"] == whole[3:]


def test_uncommitted_and_unnumbered_events_are_not_passed_over(network):
    launched(network)
    before = read()  # not numbered yet
    assert before["changes"] == []
    relay()
    assert len(read(before["next"])["changes"]) == 1


def test_what_concerns_one_organisation_is_told_to_it_alone(network):
    campaign = launched(network)
    ours, theirs = make_partner(network, name="Ours"), make_partner(network, name="Theirs")
    our_key, their_key = make_key(ours), make_key(theirs)
    relay()
    begin = read(key=our_key)["latest"]
    row = cohosting.ask(campaign.pk, ours, by=administrator_of(ours), at=timezone.now())
    relay()
    assert [change["type"] for change in read(begin, key=our_key)["changes"]] == ["cohosting.changed"]
    assert read(begin, key=their_key)["changes"] == read(begin)["changes"] == []
    cohosting.accept(row.pk, by=network.approver, at=timezone.now())
    relay()
    assert [change["type"] for change in read(begin)["changes"]] == ["campaign.changed"]


def test_a_cursor_of_an_earlier_epoch_is_gone(network):
    launched(network)
    relay()
    cursor = read()["next"]
    LogHead.objects.update(epoch=uuid.uuid4())
    answer = Client().get("/api/v1/changes", {"after": cursor})
    assert (answer.status_code, answer["Content-Type"]) == (410, "application/problem+json")
    assert "snapshot" in answer.json()["detail"]
    assert read()["changes"] != []


@pytest.mark.parametrize(
    "cursor", ["x", "!!", "MTIz", "bm90aGV4LjE", "YWJjZGVmYWJjZGVmLjk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5"]
)
def test_a_made_up_cursor_is_refused(network, cursor):
    assert Client().get("/api/v1/changes", {"after": cursor}).status_code in {400, 410}
