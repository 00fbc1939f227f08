"""What is told, and when, of a case that falls silent, comes back and falls silent again; and of a lost paper."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.flows.campaign import papering, updating
from campaigns.flows.gate import consenting, silencing
from campaigns.models import Case
from campaigns.refusals import CodeUnknown
from campaigns.tasks import keep_silence
from network.models import OutboxEvent
from tests.makers import (
    approve_campaign,
    approve_case,
    enter_workspace,
    make_action,
    make_alert,
    make_campaign,
    make_case,
    make_message,
)

pytestmark = pytest.mark.django_db


def told(name: str) -> int:
    return OutboxEvent.objects.filter(name=name).count()


def consent_anew(network, case: Case) -> None:
    now = timezone.now()
    said = consenting.Consent(
        given_by="family", scopes=("name", "narrative", "petition"), expires_at=now + timedelta(days=9)
    )
    consenting.record_consent(case.pk, said, by=network.writer, at=now)


def withdraw(case: Case) -> None:
    consent = case.consents.filter(withdrawn_at=None).get()
    silencing.withdraw_consent(consent.pk, by=None, at=timezone.now())


def test_a_case_that_came_back_unannounced_is_told_to_be_gone_again(network):
    case = make_case(network)
    withdraw(case)
    assert told("CaseSilenced") == 1
    consent_anew(network, case)
    approve_case(network, case)
    assert Client().get(f"/api/v1/cases/{case.public_id}/").status_code == 200  # before the clock told of it
    withdraw(case)
    assert (told("CaseReturned"), told("CaseSilenced")) == (0, 2)
    assert Client().get(f"/api/v1/cases/{case.public_id}/").status_code == 410


def test_a_case_that_nobody_could_see_since_is_told_once(network):
    case = make_case(network)
    withdraw(case)
    consent_anew(network, case)
    withdraw(case)
    keep_silence()
    assert told("CaseSilenced") == 1


def test_a_campaign_that_came_back_unannounced_is_told_to_be_gone_again(network):
    campaign = make_campaign(network, slug="back")
    withdraw(campaign.case)
    consent_anew(network, campaign.case)
    approve_campaign(network, campaign)
    assert Client().get("/campaigns/back/").status_code == 200
    withdraw(campaign.case)
    assert told("CampaignSilenced") == 2


def test_a_lost_paper_stops_working_and_that_is_on_record(network):
    case = make_case(network, scopes=None, published=False)
    now = timezone.now()
    given = consenting.Consent(given_by="family", scopes=("name",), expires_at=now + timedelta(days=9))
    row, lost = consenting.record_consent(case.pk, given, by=network.writer, at=now)
    fresh = consenting.renew_code(row.pk, by=network.approver, at=now)
    event = OutboxEvent.objects.get(name="CodeRenewed")
    assert event.payload == {"case_id": case.pk, "consent_id": row.pk}
    with pytest.raises(CodeUnknown):
        silencing.withdraw_by_code(lost, at=now)
    silencing.withdraw_by_code(fresh, at=now)
    row.refresh_from_db()
    assert row.withdrawn_at == now


def test_whoever_took_consent_back_is_nobodys_work_any_more(network, deliver_all):
    """Neither on the desk nor among the messages, until they say something new; harm stays to be looked at."""
    campaign = make_campaign(network, slug="river")
    action = make_action(network, campaign)
    make_message(action, "writer@people.example")
    now = timezone.now()
    row = updating.draft(campaign.pk, by=network.writer, at=now)
    updating.write(row.pk, texts={"en": {"title": "News of {person}", "body": "A visit."}}, by=network.writer, at=now)
    make_alert(network, campaign, approved=False)
    papering.enter(
        campaign.actions.get(kind="petition").pk, signatures=5, reason="A school.", by=network.writer, at=now
    )
    editor = enter_workspace(network.approver, deliver_all)
    desk = editor.get("/organise/").content.decode()
    assert "News of …" in desk and "message" in desk and "on paper" in desk
    silencing.withdraw_consent(campaign.case.consents.get().pk, by=network.writer, at=timezone.now())
    desk = editor.get("/organise/").content.decode()
    assert "News of …" not in desk and "on paper" not in desk and "Read and decide" not in desk
    assert "No message waits for you." in editor.get("/organise/messages/").content.decode()
