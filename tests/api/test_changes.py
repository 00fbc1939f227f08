"""The change feed: in order, without a gap, tombstones without a reason, and never across an epoch."""

from __future__ import annotations

import base64
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.flows.campaign import cohosting, launching
from campaigns.flows.gate import pausing, silencing
from campaigns.flows.record import documenting
from campaigns.tasks import keep_silence
from network.flows import suspending
from network.flows.relaying import relay
from network.models import LogHead
from tests.makers import administrator_of, make_campaign, make_key, make_participation, make_partner, make_person

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
    assert first["next"] == first["latest"]
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


@pytest.mark.parametrize("cursor", ["x", "!!", "MTIz", "A" * 40, "A" * 4000])
def test_a_made_up_cursor_is_refused(network, cursor):
    assert Client().get("/api/v1/changes", {"after": cursor}).status_code in {400, 410}


def test_cursors_say_nothing_about_what_else_goes_on(network):
    campaign = launched(network)
    relay()
    before = read()
    make_participation(campaign, "somebody@people.example")
    make_person("else@people.example")
    relay()
    after = read()
    assert (after["next"], after["latest"]) == (before["next"], before["latest"])
    assert read(before["next"])["next"] == before["next"]
    raw = base64.urlsafe_b64decode(before["next"] + "==")
    head = LogHead.objects.get()
    assert str(head.position).encode() not in raw and head.epoch.bytes[:6] not in raw


def test_pausing_the_only_campaign_withdraws_the_defender_too(network):
    campaign = launched(network)
    relay()
    begin = read()["latest"]
    pausing.pause(campaign.pk, by=network.writer, at=timezone.now())
    relay()
    assert [change["type"] for change in read(begin)["changes"]] == ["campaign.withdrawn", "defender.withdrawn"]


def test_a_stop_is_told_as_a_withdrawal_is(network):
    campaign = launched(network)
    relay()
    begin = read()["latest"]
    now = timezone.now()
    documenting.assess(campaign.case_id, risk="stop", valid_until=now + timedelta(days=1), by=network.writer, at=now)
    keep_silence()
    relay()
    assert [change["type"] for change in read(begin)["changes"]] == ["campaign.withdrawn", "defender.withdrawn"]


def test_a_suspended_co_host_changes_the_campaigns_it_stood_beside(network):
    campaign, partner = launched(network), make_partner(network)
    row = cohosting.ask(campaign.pk, partner, by=administrator_of(partner), at=timezone.now())
    cohosting.accept(row.pk, by=network.approver, at=timezone.now())
    relay()
    begin = read()["latest"]
    suspending.suspend(partner.pk, reason="Money.", by=network.writer, at=timezone.now())
    relay()
    assert [change["type"] for change in read(begin)["changes"]] == ["partner.withdrawn", "campaign.changed"]


def test_taking_back_an_unanswered_question_is_told_to_nobody_else(network):
    campaign, partner = launched(network), make_partner(network)
    row = cohosting.ask(campaign.pk, partner, by=administrator_of(partner), at=timezone.now())
    relay()
    begin = read()["latest"]
    cohosting.end(row.pk, by=administrator_of(partner), at=timezone.now())
    relay()
    assert read(begin)["changes"] == []
