"""Scenario 11: consent ends tonight; at that moment everything that leans on it is silent, and somebody has a task."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from campaigns.flows.gate import consenting
from campaigns.models import Campaign
from campaigns.tasks import keep_silence
from network.flows.relaying import relay
from tests.makers import approve_campaign, enter_workspace, make_alert, make_campaign

pytestmark = pytest.mark.django_db


def shown(campaign: Campaign) -> set[int]:
    paths = [f"/campaigns/{campaign.slug}/", f"/api/v1/campaigns/{campaign.public_id}/"]
    return {Client().get(path).status_code for path in paths}


def test_at_midnight_it_is_silent_and_there_is_a_task(network, deliver_all):
    midnight = timezone.now().replace(microsecond=0) + timedelta(hours=3)
    campaign = make_campaign(network, consent_until=midnight, name="Planted Sabzrud")
    alert = make_alert(network, campaign, audience=2)
    desk = enter_workspace(network.writer, deliver_all).get("/organise/").content.decode()
    assert "Ask again:" in desk  # it ends within a fortnight
    with time_machine.travel(midnight - timedelta(seconds=1), tick=False):
        assert shown(campaign) == {200}
    with time_machine.travel(midnight, tick=False):
        assert shown(campaign) == {410}  # the query alone; no job has run
        for path in ("/", "/campaigns/", "/api/v1/campaigns/", "/api/v1/defenders/", "/api/v1/tallies/"):
            assert "Planted" not in Client().get(path).content.decode()
        keep_silence()
        keep_silence()  # told once
        relay()
        types = [change["type"] for change in Client().get("/api/v1/changes").json()["changes"]]
        assert types == ["campaign.withdrawn", "defender.withdrawn"]
        sent = len(deliver_all().mails("member-00000@people.example"))
        assert sent == len(
            [m for m in deliver_all().mails("member-00000@people.example") if "News" not in m["Subject"]]
        )
        assert alert.deliveries.count() == 0


def test_a_consent_given_anew_needs_new_approvals_and_is_told(network):
    ends = timezone.now() + timedelta(hours=1)
    campaign = make_campaign(network, consent_until=ends)
    with time_machine.travel(ends + timedelta(minutes=1), tick=False):
        keep_silence()
        now = timezone.now()
        consent = consenting.Consent(
            given_by="family", scopes=["name", "narrative", "petition"], expires_at=now + timedelta(days=90)
        )
        consenting.record_consent(campaign.case_id, consent, by=network.writer, at=now)
        assert shown(campaign) == {410}  # what was approved was approved under another consent
        campaign.case.refresh_from_db()
        fresh = Campaign.objects.get(pk=campaign.pk)
        approve_campaign(network, fresh)
        assert shown(campaign) == {200}
        keep_silence()
        relay()
        types = [change["type"] for change in Client().get("/api/v1/changes").json()["changes"]]
        assert types == ["campaign.withdrawn", "defender.withdrawn", "campaign.published"]


def test_a_narrower_yes_hides_it_until_a_second_person_looked(network):
    campaign = make_campaign(network, scopes=("name", "narrative", "petition", "quote"))
    epoch, now = campaign.case.epoch, timezone.now()
    consent = consenting.Consent(
        given_by="family", scopes=["name", "narrative", "petition"], expires_at=now + timedelta(days=90)
    )
    consenting.record_consent(campaign.case_id, consent, by=network.writer, at=now)
    assert shown(campaign) == {410}
    fresh = Campaign.objects.get(pk=campaign.pk)
    assert fresh.case.epoch == epoch + 1  # the heartbeat of mail in flight compares it
    approve_campaign(network, fresh)
    assert shown(campaign) == {200}
    wider = consenting.Consent(
        given_by="family", scopes=["name", "narrative", "petition", "quote"], expires_at=now + timedelta(days=90)
    )
    consenting.record_consent(campaign.case_id, wider, by=network.writer, at=now + timedelta(seconds=1))
    assert Campaign.objects.get(pk=campaign.pk).case.epoch == epoch + 1  # it never moves when more may be shown
    assert shown(campaign) == {410}  # but who approved the less has not approved the more
