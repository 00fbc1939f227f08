"""Results say what was received and what was counted, and tell no small group apart."""

from __future__ import annotations

import pytest
from django.utils import timezone

from campaigns.flows.campaign import acting, joining
from campaigns.kinds.petition.answers import PetitionAnswers
from campaigns.publishing.results import results_of, since
from tests.makers import enter_workspace, make_campaign, make_participation, make_person

pytestmark = pytest.mark.django_db


def test_received_counted_and_taken_back(network, deliver_all):
    campaign, now = make_campaign(network), timezone.now()
    signed = [make_participation(campaign, f"signer-{number}@people.example") for number in range(7)]
    acting.withdraw(signed[0].pk, by=signed[0].person, at=now)
    entry = acting.Entry(address="pending@people.example", name="P", language="fa", answers=PetitionAnswers())
    acting.enter(campaign.actions.get().pk, entry, at=now)
    found = results_of(campaign.pk, at=now)
    assert found is not None
    assert (found.received, found.counted, found.taken_back) == (8, 6, 1)
    assert (found.days[-1].received, found.days[-1].counted) == (8, 6)
    assert len(found.days) == 30 and sum(day.received for day in found.days) == 8
    assert found.languages == (("en", 6),)
    page = (
        enter_workspace(network.writer, deliver_all).get(f"/organise/campaigns/{campaign.pk}/results/").content.decode()
    )
    assert "6 counted, of 8 received; 1 taken back." in page
    assert 'role="img"' in page and "<table" in page
    assert "signer-" not in page


def test_what_people_did_since_a_moment(network):
    campaign, before = make_campaign(network), timezone.now()
    for number in range(3):
        make_participation(campaign, f"signer-{number}@people.example")
    people = [make_person(f"member-{number}@people.example") for number in range(4)]
    for person in people:
        joining.join(person, campaign, through="test", at=timezone.now())
    joining.leave(people[0], campaign, at=timezone.now())
    joining.mute(people[1], campaign, at=timezone.now())
    found = since(campaign.pk, before)
    assert (found.signed, found.joined, found.left) == (3, 4, 2)
    nothing = since(campaign.pk, timezone.now())
    assert (nothing.signed, nothing.joined, nothing.left) == (0, 0, 0)


def test_a_small_group_is_not_told_apart(network):
    campaign = make_campaign(network)
    for number in range(4):
        make_participation(campaign, f"signer-{number}@people.example")
    found = results_of(campaign.pk, at=timezone.now())
    assert found is not None and found.languages == (("", 4),)


def test_no_campaign_has_no_results(network):
    assert results_of(10**6, at=timezone.now()) is None
