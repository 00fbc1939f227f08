"""A campaign begun from another's words; and one in which nothing happens is named on the desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from campaigns.flows.campaign import closing, drafting, launching
from campaigns.flows.gate import pausing, silencing
from campaigns.models import Campaign, CampaignText, TargetText
from network.models import Approval
from notifications.models import Alert
from tests.makers import (
    approve_campaign,
    enter_workspace,
    make_action,
    make_alert,
    make_campaign,
    make_participation,
)

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


def test_pressed_twice_it_is_one_draft(network, deliver_all):
    case = make_campaign(network).case
    editor, there = enter_workspace(network.writer, deliver_all), f"/organise/cases/{case.pk}/campaigns/"
    first = editor.post(there)["Location"]
    assert editor.post(there)["Location"] == first
    editor.post(first, {"title_en": "Something", "demand": ""})
    assert editor.post(there)["Location"] != first


def test_only_an_empty_one_is_gone_on_with(network, deliver_all):
    case = make_campaign(network).case
    editor, there = enter_workspace(network.writer, deliver_all), f"/organise/cases/{case.pk}/campaigns/"
    first = editor.post(there)["Location"]
    pk = int(first.split("/")[-3])
    make_action(network, Campaign.objects.get(pk=pk), "pledge", opened=False)
    assert editor.post(there)["Location"] != first


def test_a_draft_can_be_thrown_away_and_nothing_of_it_is_kept(network, deliver_all):
    draft = make_campaign(network, slug="river", launched=False)
    action = make_action(network, draft, "pledge", opened=False)
    editor = enter_workspace(network.writer, deliver_all)
    assert "The lake" in editor.get("/organise/campaigns/").content.decode()
    assert editor.post(f"/organise/campaigns/{draft.pk}/throwing-away/").status_code == 302
    assert not Campaign.objects.exists() and not CampaignText.objects.exists() and not TargetText.objects.exists()
    for page in ("/organise/campaigns/", "/organise/", f"/organise/cases/{draft.case_id}/"):
        assert "The lake" not in editor.get(page).content.decode()
    assert 'campaigns/"' in editor.get(f"/organise/cases/{draft.case_id}/").content.decode()  # another can be begun
    for gone in (f"/organise/campaigns/{draft.pk}/", f"/organise/actions/{action.pk}/", "/campaigns/river/"):
        assert editor.get(gone).status_code == 404


def test_a_draft_on_which_something_hangs_stays(network, deliver_all):
    editor = enter_workspace(network.writer, deliver_all)
    draft = make_campaign(network, slug="river", launched=False)
    Alert.objects.create(campaign=draft, created_at=timezone.now())
    assert editor.post(f"/organise/campaigns/{draft.pk}/throwing-away/").status_code == 409
    assert draft.texts.exists()


def test_what_was_launched_is_not_thrown_away(network, deliver_all):
    campaign = make_campaign(network, slug="lake")
    editor = enter_workspace(network.writer, deliver_all)
    assert "throwing-away" not in editor.get(f"/organise/campaigns/{campaign.pk}/").content.decode()
    assert editor.post(f"/organise/campaigns/{campaign.pk}/throwing-away/").status_code == 409
    assert Client().get("/campaigns/lake/").status_code == 200
