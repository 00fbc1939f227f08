"""A withdrawal that races an approval, a launch or a publication wins, whoever comes first to the database.

Real threads on real connections: on PostgreSQL they meet at the case's row, on SQLite at the one writer's place.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.flows.campaign import including, launching
from campaigns.flows.gate import consenting, publishing, silencing
from campaigns.models import Campaign, Case
from campaigns.publishing.case_parts import parts_of
from campaigns.tasks import keep_silence
from network.flows.installing import install
from network.models import OutboxEvent
from tests.makers import approve_campaign, make_campaign, make_case, make_network
from tests.racing import race

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 6


def last_told(name: str, subject_id: int) -> str:
    """The last thing the world was told of it, in the order in which it was written."""
    rows = OutboxEvent.objects.filter(subject_id=str(subject_id), audience="public", name__startswith=name)
    return rows.order_by("-id").values_list("name", flat=True).first() or ""


@pytest.fixture
def network(transactional_db, broker):
    install(trial=True, at=timezone.now())
    return make_network()


@pytest.mark.parametrize("by_code", [False, True], ids=["by an organiser", "by the giver's code"])
def test_a_withdrawal_and_a_launch(network, by_code):
    for number in range(ROUNDS):
        campaign = make_campaign(network, slug=f"race-{number}", launched=False, scopes=None, approved=False)
        now = timezone.now()
        said = ("name", "narrative", "petition")
        given = consenting.Consent(given_by="family", scopes=said, expires_at=now + timedelta(days=9))
        _row, code = consenting.record_consent(campaign.case_id, given, by=network.writer, at=now)
        approve_campaign(network, campaign)

        def withdraw(case_id=campaign.case_id, code=code):
            if by_code:
                return silencing.withdraw_by_code(code, at=timezone.now())
            return silencing.withdraw_case(case_id, by=network.writer, at=timezone.now())

        race(withdraw, lambda pk=campaign.pk: launching.launch(pk, by=network.approver, at=timezone.now()))
        assert Client().get(f"/campaigns/race-{number}/").status_code in {404, 410}
        assert last_told("Campaign", campaign.pk) in {"", "CampaignSilenced"}


def test_a_withdrawal_and_a_publication(network):
    for number in range(ROUNDS):
        case = make_case(network, name=f"Race {number}", name_fa=f"دو {number}", published=False)
        race(
            lambda pk=case.pk: silencing.withdraw_case(pk, by=network.writer, at=timezone.now()),
            lambda pk=case.pk: publishing.publish(pk, by=network.approver, at=timezone.now()),
        )
        assert Client().get(f"/api/v1/cases/{case.public_id}/").status_code in {404, 410}
        assert last_told("Case", case.pk) in {"", "CaseSilenced"}


def test_a_withdrawn_consent_and_the_last_approval(network):
    for number in range(ROUNDS):
        case = make_case(network, name=f"Race {number}", name_fa=f"دو {number}", approved=False)
        parts = parts_of(Case.objects.get(pk=case.pk), at=timezone.now())
        for part in parts[:-1]:
            publishing.approve(case.pk, part.name, digest=part.digest, by=network.approver, at=timezone.now())
        last, consent_id = parts[-1], case.consents.get().pk
        race(
            lambda pk=consent_id: silencing.withdraw_consent(pk, by=network.writer, at=timezone.now()),
            lambda pk=case.pk, part=last: publishing.approve(
                pk, part.name, digest=part.digest, by=network.approver, at=timezone.now()
            ),
        )
        assert Client().get(f"/api/v1/cases/{case.public_id}/").status_code in {404, 410}
        keep_silence()
        assert last_told("Case", case.pk) == "CaseSilenced"


def test_two_withdrawals_at_once_tell_it_once(network):
    for number in range(ROUNDS):
        case = make_case(network, name=f"Race {number}", name_fa=f"دو {number}")
        consent_id = case.consents.get().pk
        race(
            lambda pk=case.pk: silencing.withdraw_case(pk, by=network.writer, at=timezone.now()),
            lambda pk=consent_id: silencing.withdraw_consent(pk, by=None, at=timezone.now()),
            lambda pk=case.pk: publishing.unpublish(pk, by=network.writer, at=timezone.now()),
        )
        told = OutboxEvent.objects.filter(subject_id=str(case.pk), name="CaseSilenced").count()
        assert told == 1


def test_two_of_one_campaign_withdraw_while_time_silences_it(network):
    """Whoever waits for the other's case never holds what the other waits for: no withdrawal ever fails."""
    for number in range(ROUNDS):
        campaign, beside = _of_two(network, number)
        campaign.case.consents.update(expires_at=timezone.now() - timedelta(seconds=1))
        beside.consents.update(expires_at=timezone.now() - timedelta(seconds=1))
        race(
            lambda pk=beside.pk: silencing.withdraw_case(pk, by=network.writer, at=timezone.now()),
            lambda: silencing.silence_lapsed(at=timezone.now()),
            lambda pk=campaign.case_id: silencing.withdraw_case(pk, by=network.writer, at=timezone.now()),
        )
        assert Client().get(f"/campaigns/race-{number}/").status_code == 410
        assert not Case.objects.filter(pk__in=[campaign.case_id, beside.pk], withdrawn_at=None).exists()


def test_each_is_added_to_the_others_campaign_at_once(network):
    for number in range(ROUNDS):
        one, two = (make_campaign(network, slug=f"race-{number}-{side}", launched=False) for side in "ab")
        race(
            lambda pk=one.pk, case=two.case_id: including.include(pk, case, by=network.writer, at=timezone.now()),
            lambda pk=two.pk, case=one.case_id: including.include(pk, case, by=network.writer, at=timezone.now()),
            lambda pk=one.case_id: silencing.withdraw_case(pk, by=network.writer, at=timezone.now()),
        )
        assert {len(Campaign.objects.get(pk=pk).cases) for pk in (one.pk, two.pk)} == {2}


def test_a_withdrawal_and_going_on_without_them(network):
    for number in range(ROUNDS):
        campaign, beside = _of_two(network, number)
        race(
            lambda pk=beside.pk: silencing.withdraw_case(pk, by=network.writer, at=timezone.now()),
            lambda pk=campaign.pk, case=beside.pk: including.leave_out(pk, case, by=network.writer, at=timezone.now()),
        )
        assert Client().get(f"/campaigns/race-{number}/").status_code == 410
        assert Campaign.objects.get(pk=campaign.pk).cases == [campaign.case]


def _of_two(network, number: int) -> tuple[Campaign, Case]:
    campaign = make_campaign(network, slug=f"race-{number}", launched=False)
    beside = make_campaign(network, name=f"Other {number}", name_fa=f"دیگری {number}", launched=False).case
    including.include(campaign.pk, beside.pk, by=network.writer, at=timezone.now())
    approve_campaign(network, Campaign.objects.get(pk=campaign.pk))
    launching.launch(campaign.pk, by=network.approver, at=timezone.now())
    return Campaign.objects.get(pk=campaign.pk), beside
