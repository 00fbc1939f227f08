"""A campaign begun from another's words; and one in which nothing happens is named on the desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from campaigns.flows.campaign import closing, drafting, launching
from campaigns.flows.gate import pausing, silencing
from campaigns.models import Campaign
from network.models import Approval
from notifications.models import Alert
from tests.makers import approve_campaign, enter_workspace, make_alert, make_campaign, make_participation

pytestmark = pytest.mark.django_db


def test_words_and_facts_come_along_and_no_approval(network, deliver_all):
    first = make_campaign(network, slug="lake")
    writer = enter_workspace(network.writer, deliver_all)
    answer = writer.post(f"/organise/campaigns/{first.pk}/duplicating/")
    again = Campaign.objects.exclude(pk=first.pk).get()
    assert answer.url == f"/organise/campaigns/{again.pk}/editing/"
    assert (again.state, again.case_id, again.zone) == ("draft", first.case_id, first.zone)
    assert [one.facts() for one in again.demands.all()] == [one.facts() for one in first.demands.all()]
    assert again.slug != first.slug and again.demands.get().target_id != first.demands.get().target_id
    words = {text.language: text.words() for text in first.texts.all()}
    assert {text.language: text.words() for text in again.texts.all()} == words
    assert {title.language: title.title for title in again.demands.get().target.texts.all()} == {
        "en": "the Court",
        "fa": "دادگاه",
    }
    assert {part.written_by_id for part in again.parts() if part.name.startswith("text:")} == {network.writer.pk}
    assert not Approval.objects.of("campaign", again.pk).exists()


def test_one_that_is_over_leads_to_what_goes_on_for_the_same_person_and_to_no_other(network):
    first = make_campaign(network, slug="lake")
    again = drafting.duplicate(first.pk, network.host, by=network.writer, at=timezone.now())
    closing.close(first.pk, ending="handed_over", by=network.approver, at=timezone.now())
    said = f'href="/campaigns/{again.slug}/"'
    assert said not in Client().get("/campaigns/lake/").content.decode()  # nobody sees a draft
    approve_campaign(network, Campaign.objects.get(pk=again.pk))
    launching.launch(again.pk, by=network.approver, at=timezone.now())
    for prefix in ("", "/fa"):
        assert f"{prefix}/campaigns/{again.slug}/" in Client().get(f"{prefix}/campaigns/lake/").content.decode()
    other = make_campaign(network, name="Mehri Darya", name_fa="مهری دریا", slug="river")
    Campaign.objects.filter(pk=other.pk).update(begun_from=first)
    assert 'href="/campaigns/river/"' not in Client().get("/campaigns/lake/").content.decode()
    pausing.pause(again.pk, by=network.writer, at=timezone.now())
    assert said not in Client().get("/campaigns/lake/").content.decode()


@pytest.mark.parametrize("stirs", ["nothing", "a signature", "an alert", "silence"])
def test_a_campaign_in_which_nothing_happens_is_named(network, deliver_all, stirs):
    campaign = make_campaign(network, slug="lake")
    long_ago = timezone.now() - timedelta(days=settings.CAMPAIGN_QUIET_DAYS, hours=1)
    Campaign.objects.filter(pk=campaign.pk).update(launched_at=long_ago)
    if stirs == "a signature":
        make_participation(campaign, "one@people.example")
    if stirs == "an alert":
        Alert.objects.filter(pk=make_alert(network, campaign, audience=0).pk).update(opened_at=timezone.now())
    if stirs == "silence":
        silencing.withdraw_case(campaign.case_id, by=None, at=timezone.now())
    desk = enter_workspace(network.writer, deliver_all).get("/organise/").content.decode()
    assert ("Going quiet" in desk and "14 days" in desk) == (stirs == "nothing")
