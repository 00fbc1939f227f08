"""What happened after a campaign began: verified by two, told where consent covers it, reported beside a denominator."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.flows.campaign import acting, closing, demanding, harming, launching, observing, updating
from campaigns.flows.record import documenting
from campaigns.models import Action, Batch, Campaign, Harm, Message, Outcome, Update
from campaigns.publishing.audiences import Audience
from campaigns.publishing.campaign import find_by_id
from campaigns.publishing.outcome import GRADED, outcomes_of
from campaigns.publishing.outcomes import outcomes_on_record
from campaigns.publishing.report import endings_on_record, report_of, tells_nothing
from campaigns.publishing.update import parts_of
from campaigns.publishing.vocabulary import GRADES, OUTCOMES
from campaigns.refusals import CampaignNotReady, NotBeforeItBegan
from network.flows import erasing
from network.flows.relaying import relay
from network.models import AuditEntry
from network.refusals import SamePersonApproves
from tests.makers import approve_campaign, enter_workspace, make_action, make_campaign, make_message, make_participation

pytestmark = pytest.mark.django_db
SCOPES = frozenset({"name", "narrative", "petition"})


@pytest.fixture
def campaign(network):
    campaign = make_campaign(network, slug="lake")
    began = timezone.now() - timedelta(days=30)
    Campaign.objects.filter(pk=campaign.pk).update(launched_at=began)
    campaign.refresh_from_db()
    return campaign


def observe(network, campaign, what="family_visit", *, grade="", verified=True, days_ago=3, reporter="family"):
    now = timezone.now()
    row = observing.record_outcome(
        campaign.pk,
        what=what,
        grade=grade or GRADED[what],
        on=(now - timedelta(days=days_ago)).date(),
        reporter=reporter,
        by=network.writer,
        at=now,
    )
    return observing.verify(row.pk, by=network.approver, at=now) if verified else row


def test_every_outcome_has_words_and_a_grade():
    assert set(OUTCOMES) == set(Outcome.What.values) == set(GRADED) and set(GRADES) == set(Outcome.Grade.values)


def test_readers_see_it_once_a_second_person_has_looked(network, campaign):
    row = observe(network, campaign, verified=False)
    assert outcomes_of(campaign.pk, SCOPES) == []
    with pytest.raises(SamePersonApproves):
        observing.verify(row.pk, by=network.writer, at=timezone.now())
    observing.verify(row.pk, by=network.approver, at=timezone.now())
    assert [one.what for one in outcomes_of(campaign.pk, SCOPES)] == ["family_visit"]
    observing.take_back(row.pk, by=network.writer, at=timezone.now())
    assert outcomes_of(campaign.pk, SCOPES) == []


def test_it_stays_told_when_whoever_looked_is_erased(network, campaign):
    row = observe(network, campaign)
    erasing.erase(network.approver, at=timezone.now())
    assert [one.what for one in outcomes_of(campaign.pk, SCOPES)] == ["family_visit"]
    [told] = outcomes_on_record(campaign.pk, reader=network.writer)
    assert (told.id, told.verified_by, told.may_be_verified) == (row.pk, "—", False)


def test_what_consent_does_not_cover_is_counted_and_not_told(network, campaign):
    observe(network, campaign, "medical_care")
    assert outcomes_of(campaign.pk, SCOPES) == []
    assert [one.what for one in outcomes_of(campaign.pk, SCOPES | {"health"})] == ["medical_care"]
    assert report_of(campaign.pk, SCOPES, (), at=timezone.now()).withheld == 1


def test_a_day_that_must_never_be_told_is_told_as_its_month(network, campaign):
    row = observe(network, campaign)
    campaign.case.defender.guarded_words.create(kind="date", text=row.on.isoformat())
    told = outcomes_of(campaign.pk, SCOPES)[0]
    assert told.on == row.on.replace(day=1) and told.until is not None and told.until >= row.on


def test_that_somebody_died_is_no_outcome_but_goes_on_their_record():
    assert "died" not in Outcome.What.values


def test_nothing_before_it_began_is_its_outcome(network, campaign):
    with pytest.raises(NotBeforeItBegan):
        observe(network, campaign, days_ago=40)


def test_two_rate_and_the_lower_is_told(network, campaign):
    row = observe(network, campaign)
    observing.rate(row.pk, "documented", by=network.writer, at=timezone.now())
    assert outcomes_of(campaign.pk, SCOPES)[0].contribution == ""
    observing.rate(row.pk, "plausible", by=network.approver, at=timezone.now())
    assert "plausible" in str(outcomes_of(campaign.pk, SCOPES)[0].contribution)
    observing.rate(row.pk, "none_evident", by=network.writer, at=timezone.now())
    assert "no part of ours" in str(outcomes_of(campaign.pk, SCOPES)[0].contribution)
    erasing.erase(network.writer, at=timezone.now())
    assert "no part of ours" in str(
        outcomes_of(campaign.pk, SCOPES)[0].contribution
    )  # two looked, whoever is here still


def test_the_report_leaves_no_grade_out_and_counts_against_something(network, campaign):
    observe(network, campaign)
    observe(network, campaign, "worse_place")
    make_participation(campaign, "signer@people.example")
    found = report_of(campaign.pk, SCOPES, (), at=timezone.now())
    assert [number for _words, number in found.grades] == [1, 0, 1, 0, 0]
    assert (found.people, found.weeks, found.weeks_acted, found.longest_gap_days) == (1, 5, 1, 30)
    assert (found.replied, found.harms, found.is_over) == (False, 0, False)
    assert (found.demands, found.demands_met) == (1, 0)
    observe(network, campaign, "reply", reporter="state")
    assert report_of(campaign.pk, SCOPES, (), at=timezone.now()).replied


def test_news_told_and_a_demand_met_stand_in_the_report_though_nobody_took_part(network, campaign, deliver_all):
    assert tells_nothing(campaign.pk)
    page = enter_workspace(network.approver, deliver_all).get(f"/organise/campaigns/{campaign.pk}/closing/")
    assert "Nothing is on record of what happened" in page.content.decode()
    row = updating.draft(campaign.pk, by=network.writer, at=timezone.now())
    updating.write(row.pk, texts={"en": {"title": "Heard", "body": "Well."}}, by=network.writer, at=timezone.now())
    for part in parts_of(Update.objects.get(pk=row.pk)):
        updating.approve(row.pk, part.name, digest=part.digest, by=network.approver, at=timezone.now())
    assert report_of(campaign.pk, SCOPES, (), at=timezone.now()).weeks_acted == 0
    updating.publish(row.pk, by=network.approver, at=timezone.now())
    demand = campaign.demands.get()
    demanding.meet(demand.pk, by=network.writer, at=timezone.now())
    assert tells_nothing(campaign.pk)
    demanding.see_met(demand.pk, by=network.approver, at=timezone.now())
    found = report_of(campaign.pk, SCOPES, (), at=timezone.now())
    assert (found.people, found.weeks_acted, found.demands, found.demands_met, found.replied) == (0, 1, 1, 1, False)
    assert not tells_nothing(campaign.pk)
    assert endings_on_record(campaign.pk) == {"met", "met_in_part"}
    closing.close(campaign.pk, ending="met", by=network.approver, at=timezone.now())
    assert "What was asked for and done: 1 of 1." in Client().get("/campaigns/lake/report/").content.decode()


@pytest.mark.parametrize(
    ("what", "endings"),
    [("reply", set()), ("worse_place", set()), ("family_visit", {"met_in_part"}), ("released", {"met", "met_in_part"})],
)
def test_it_ends_as_met_only_where_that_is_on_record(network, campaign, deliver_all, what, endings):
    observe(network, campaign, what)
    assert endings_on_record(campaign.pk) == endings
    approver = enter_workspace(network.approver, deliver_all)
    answer = approver.post(f"/organise/campaigns/{campaign.pk}/closing/", {"ending": "met"})
    assert answer.status_code == (302 if "met" in endings else 400)


def test_everybody_reads_the_report_once_it_is_over(network, campaign, visitor):
    observe(network, campaign)
    assert visitor.get("/campaigns/lake/report/").status_code == 404
    closing.close(campaign.pk, ending="met_in_part", by=network.approver, at=timezone.now())
    assert "/campaigns/lake/report/" in visitor.get("/campaigns/lake/").content.decode()
    for prefix in ("", "/fa"):
        page = visitor.get(f"{prefix}/campaigns/lake/report/")
        assert page.status_code == 200
    page = visitor.get("/campaigns/lake/report/").content.decode()
    assert "The family could visit" in page and "No harm was reported after it acted." in page
    assert "No answer of whoever was asked is on record." in page and "because of" not in page


def test_harm_takes_the_campaign_off_and_two_bring_it_back(network, campaign, visitor):
    now = timezone.now()
    row = harming.record_harm(
        campaign.pk, what="family_pressed", on=now.date(), note="By telephone.", by=network.writer, at=now
    )
    assert visitor.get("/campaigns/lake/").status_code == 410
    approve_campaign(network, campaign)
    with pytest.raises(CampaignNotReady) as refused:
        launching.launch(campaign.pk, by=network.approver, at=now)
    assert list(refused.value.missing) == ["harm-unreviewed"]
    with pytest.raises(SamePersonApproves):
        harming.review(row.pk, found="Nothing.", by=network.writer, at=now)
    harming.review(row.pk, found="We ask for less.", by=network.approver, at=now)
    with pytest.raises(CampaignNotReady) as refused:
        launching.launch(campaign.pk, by=network.approver, at=now)
    assert list(refused.value.missing) == ["risk-before-harm"]  # what was judged before may be another by now
    until = now + timedelta(days=30)
    documenting.assess(campaign.case_id, risk="medium", valid_until=until, by=network.writer, at=now)
    launching.launch(campaign.pk, by=network.approver, at=now)
    assert visitor.get("/campaigns/lake/").status_code == 200
    assert report_of(campaign.pk, SCOPES, (), at=now).harms == 1


def test_it_is_recorded_verified_rated_and_reported_in_the_workspace(network, campaign, deliver_all, visitor):
    writer = enter_workspace(network.writer, deliver_all)
    url = f"/organise/campaigns/{campaign.pk}/outcomes/"
    today = timezone.now().date().isoformat()
    assert writer.post(f"{url}recording/", {"what": "", "on": today, "reporter": "family"}).status_code == 400
    writer.post(f"{url}recording/", {"what": "released", "on": today, "reporter": "family", "grade": ""})
    row = Outcome.objects.get()
    assert row.grade == "full"
    approver = enter_workspace(network.approver, deliver_all)
    assert "Released" in approver.get(url).content.decode()
    approver.post(f"/organise/outcomes/{row.pk}/verifying/")
    approver.post(f"/organise/outcomes/{row.pk}/rating/", {"value": "plausible"})
    writer.post(f"/organise/outcomes/{row.pk}/rating/", {"value": "documented"})
    report = approver.get(f"/organise/campaigns/{campaign.pk}/report/").content.decode()
    assert "Released" in report and "plausible" in report
    writer.post(
        f"/organise/campaigns/{campaign.pk}/harm/", {"harm": "other", "harm_on": today, "note": "Nobody's business"}
    )
    assert visitor.get("/campaigns/lake/").status_code == 410
    harm = Harm.objects.get()
    assert approver.post(f"/organise/harms/{harm.pk}/reviewing/", {"found": ""}).status_code == 400
    approver.post(f"/organise/harms/{harm.pk}/reviewing/", {"found": "A rumour."})
    assert "A rumour." in approver.get(url).content.decode()
    relay()
    assert AuditEntry.objects.filter(name="SealedRecordRead").exists()


def test_the_report_tells_what_was_handed_over_of_which_action_and_who_stood_there_nameless(
    network, campaign, deliver_all
):
    """What was received and counted is not yet what anybody got."""
    acting.stand_nameless(Action.objects.get(campaign=campaign, kind="petition").pk, at=timezone.now())
    action = make_action(network, campaign)
    make_message(action, "writer@people.example")
    message = make_message(action, "other@people.example")
    deliver_all()
    closing.close(campaign.pk, ending=Campaign.Ending.ENDED, by=network.approver, at=timezone.now())
    page = Client().get("/campaigns/lake/report/").content.decode()
    assert "handed over: 0" in page and "And 1 time somebody stood here without a name" in page
    assert "Words title Golnar Sabzrud" in page  # which of two of a kind
    now = timezone.now()
    batch = Batch.objects.create(action=action, number=1, made_at=now, handed_over_on=now.date())
    Message.objects.filter(pk=message.pk).update(state="accepted", batch=batch)
    form = campaign_form(campaign)
    assert [one.handed_over for one in report_of(campaign.pk, SCOPES, form.actions, at=now).entries] == [None, 1]


def campaign_form(campaign):
    return find_by_id(campaign.pk, audience=Audience.PUBLIC, language="en", at=timezone.now())


def test_the_same_harm_entered_again_after_the_return_takes_the_campaign_off_again(network, campaign, deliver_all):
    """What must always act is not taken for a form sent twice."""
    editor = enter_workspace(network.writer, deliver_all)
    harm = {"harm": Harm.What.values[0], "harm_on": timezone.now().date().isoformat(), "note": ""}
    url = f"/organise/campaigns/{campaign.pk}/harm/"
    for n in (1, 2):
        assert editor.post(url, harm).status_code == 302
        assert Harm.objects.count() == n and Campaign.objects.get(pk=campaign.pk).state == "paused"
        Campaign.objects.filter(pk=campaign.pk).update(state="live")
