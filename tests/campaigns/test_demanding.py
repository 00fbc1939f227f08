"""What a campaign asks, and of which offices: written until it is live, shown to everybody, ended for an office that did it."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from campaigns import consumers
from campaigns.flows.campaign import demanding, harming, including, launching, observing, offering, papering
from campaigns.flows.campaign.demanding import Wanted
from campaigns.models import Action, Campaign, Demand
from campaigns.refusals import NotBeforeItBegan, TooManyDemands, WordsAreLocked
from network.flows.relaying import relay
from network.refusals import SamePersonApproves
from notifications.flows import opening
from notifications.models import Alert
from tests.makers import approve_campaign, enter_workspace, make_action, make_alert, make_campaign, make_status

pytestmark = pytest.mark.django_db
MINISTER = Wanted(
    asks="medical_care",
    titles={"en": "the Minister", "fa": "وزیر"},
    salutations={"en": "Dear Minister,", "fa": "جناب وزیر،"},
    country="NL",
    languages=("en", "fr"),
)
CARED_FOR = ("name", "narrative", "petition", "health")
RELEASE = Wanted(asks="release", titles={"en": "the Court", "fa": "دادگاه"})


@pytest.fixture
def draft(network):
    return make_campaign(network, slug="lake", launched=False, scopes=CARED_FOR)


@pytest.fixture
def live(network):
    return make_campaign(network, slug="lake", scopes=CARED_FOR)


def add(network, campaign, wanted: Wanted = MINISTER) -> Demand:
    return demanding.add(campaign.pk, wanted, by=network.writer, at=timezone.now())


def missing(campaign: Campaign) -> list[str]:
    return launching.missing_for_launch(Campaign.objects.get(pk=campaign.pk), at=timezone.now())


def test_one_office_more_is_approved_and_then_told_everywhere(network, draft):
    assert missing(draft) == []
    add(network, draft)
    assert missing(draft) == ["approval:facts"]
    approve_campaign(network, Campaign.objects.get(pk=draft.pk))
    launching.launch(draft.pk, by=network.approver, at=timezone.now())
    page = Client().get("/campaigns/lake/").content.decode()
    assert "To the Court · the Minister" in page and "Medical care" in page
    assert "وزیر" in Client().get("/fa/campaigns/lake/").content.decode()
    [told] = Client().get("/api/v1/campaigns/").json()["results"]
    assert told["demand"] == "drop_charges"
    assert [(one["asks"], one["target"], one["country"]) for one in told["demands"]] == [
        ("drop_charges", "the Court", ""),
        ("medical_care", "the Minister", "NL"),
    ]


def test_who_asks_for_medical_care_tells_that_somebody_is_ill(network):
    draft = make_campaign(network, slug="river", launched=False)
    demand = draft.demands.get()
    demanding.write(demand.pk, MINISTER, by=network.writer, at=timezone.now())
    assert "consent-health" in missing(draft)
    live = make_campaign(network, slug="lake")
    assert Client().get("/campaigns/lake/").status_code == 200
    live.demands.update(asks="medical_care")
    approve_campaign(network, Campaign.objects.get(pk=live.pk))
    assert Client().get("/campaigns/lake/").status_code == 410


def test_one_demand_that_says_no_more_leaves_approvals_of_before_alone(network, draft):
    """What was approved when a campaign had one demand of one office stays approved."""
    assert "demands" not in repr(draft.parts()) and missing(draft) == []


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (Wanted(asks="", titles={"en": "the Minister"}), "demand"),
        (Wanted(asks="release", titles={"fa": ""}), "target"),
        (Wanted(asks="release", titles={"en": "the Court of Golnar Sabzrud"}), "unfit:en:name:Golnar Sabzrud"),
        (
            Wanted(asks="release", titles={"en": "it"}, salutations={"en": "On Golnar Sabzrud,"}),
            "unfit:en:name:Golnar Sabzrud",
        ),
    ],
)
def test_what_is_wrong_with_one_is_named(network, draft, wanted, code):
    add(network, draft, wanted)
    approve_campaign(network, Campaign.objects.get(pk=draft.pk))
    assert code in missing(draft)


def test_what_is_live_is_locked_and_the_last_one_stays(network, live):
    row = live.demands.get()
    for change in (
        lambda: add(network, live),
        lambda: demanding.write(row.pk, MINISTER, by=network.writer, at=timezone.now()),
        lambda: demanding.remove(row.pk, by=network.writer, at=timezone.now()),
    ):
        with pytest.raises(WordsAreLocked):
            change()
    other = make_campaign(network, slug="river", launched=False)
    demanding.remove(other.demands.get().pk, by=network.writer, at=timezone.now())
    assert other.demands.count() == 1


def test_there_is_an_end_to_them(network, draft):
    for _number in range(settings.CAMPAIGN_DEMANDS_MOST - 1):
        add(network, draft)
    with pytest.raises(TooManyDemands):
        add(network, draft)


def test_an_unchanged_demand_voids_nothing(network, draft):
    row = draft.demands.get()
    demanding.write(row.pk, demanding.wanted_from(row.facts()), by=network.approver, at=timezone.now())
    assert missing(draft) == []


def test_an_action_for_an_office_knows_it_and_ends_when_it_did_what_was_asked(network, draft):
    row = add(network, draft)
    approve_campaign(network, Campaign.objects.get(pk=draft.pk))
    launching.launch(draft.pk, by=network.approver, at=timezone.now())
    begun = offering.offer(draft.pk, "appeal", demand_id=row.pk, by=network.writer, at=timezone.now())
    words = {text.language: text.words for text in begun.texts.all()}
    assert words["en"] == {"whom": "the Minister", "salutation": "Dear Minister,"}
    assert begun.options["country"] == "NL"
    asked, other = make_action(network, draft, "pledge"), make_action(network, draft, "share")
    Action.objects.filter(pk=asked.pk).update(demand=row)
    demanding.meet(row.pk, by=network.approver, at=timezone.now())
    assert Action.objects.get(pk=asked.pk).closed_at is not None
    assert Action.objects.get(pk=other.pk).closed_at is None
    assert Action.objects.filter(pk=begun.pk).exists()  # a draft is nobody's business, and stays
    assert [one["met_on"] for one in Client().get("/api/v1/campaigns/").json()["results"][0]["demands"]] == [None, None]
    with pytest.raises(SamePersonApproves):
        demanding.see_met(row.pk, by=network.approver, at=timezone.now())
    demanding.see_met(row.pk, by=network.writer, at=timezone.now())
    assert offering.offer(draft.pk, "appeal", demand_id=row.pk, by=network.writer, at=timezone.now()).demand is None
    [court, minister] = Client().get("/api/v1/campaigns/").json()["results"][0]["demands"]
    assert court["met_on"] is None and minister["met_on"] == timezone.now().date().isoformat()
    demanding.take_back(row.pk, by=network.writer, at=timezone.now())
    assert [one["met_on"] for one in Client().get("/api/v1/campaigns/").json()["results"][0]["demands"]] == [None, None]
    consumers._meet_again({"demand_id": row.pk, "campaign_id": draft.pk}, timezone.now())
    assert Demand.objects.get(pk=row.pk).met_at is not None
    consumers._take_met_back_again({"demand_id": row.pk, "campaign_id": draft.pk}, timezone.now())
    assert Demand.objects.get(pk=row.pk).met_at is None


def test_another_demand_is_not_met_by_what_met_this_one(network, live):
    row = live.demands.get()
    demanding.meet(row.pk, by=network.approver, at=timezone.now())
    demanding.see_met(row.pk, by=network.writer, at=timezone.now())
    Campaign.objects.filter(pk=live.pk).update(state="review")
    demanding.write(row.pk, demanding.wanted_from(row.facts()), by=network.writer, at=timezone.now())
    assert Demand.objects.get(pk=row.pk).met_seen_at is not None
    demanding.write(row.pk, MINISTER, by=network.writer, at=timezone.now())
    assert (Demand.objects.get(pk=row.pk).met_at, Demand.objects.get(pk=row.pk).met_seen_at) == (None, None)


def test_nothing_is_met_before_it_was_asked(network, draft):
    with pytest.raises(NotBeforeItBegan):
        demanding.meet(draft.demands.get().pk, by=network.approver, at=timezone.now())


def test_an_organiser_adds_changes_and_removes_one(network, draft, deliver_all):
    editor = enter_workspace(network.writer, deliver_all)
    there, new = f"/organise/campaigns/{draft.pk}/", f"/organise/campaigns/{draft.pk}/demands/"
    assert new in editor.get(there).content.decode()
    wrong = editor.post(new, {"asks": "release", "salutation_en": "Dear all,"})
    assert wrong.status_code == 400 and "Dear all," in wrong.content.decode()
    slot = editor.post(new, {"asks": "release", "title_en": "the Court of {person}"})
    assert slot.status_code == 400
    typed = {"asks": "release", "title_en": "the Parliament", "country": "NL", "languages": ["en", "fa"]}
    assert editor.post(new, typed).status_code == 302
    row = Demand.objects.get(campaign=draft, position=2)
    assert (row.target.country, row.target.languages) == ("NL", ["en", "fa"])
    page = f"/organise/demands/{row.pk}/"
    assert "the Parliament" in editor.get(page).content.decode()
    assert editor.post(page, typed | {"title_en": "the Senate"}).status_code == 302
    assert "the Senate" in editor.get(there).content.decode()
    assert editor.post(f"{page}removing/").status_code == 302
    assert draft.demands.count() == 1
    assert editor.post(f"{page}removing/").status_code == 404


def test_an_approver_says_that_it_was_done(network, live, deliver_all):
    approver = enter_workspace(network.approver, deliver_all)
    row = live.demands.get()
    assert approver.get(f"/organise/demands/{row.pk}/").status_code == 409  # it is live, and locked
    assert approver.post(f"/organise/demands/{row.pk}/meeting/").status_code == 302
    told = '<span class="state done">done</span>'
    assert told not in Client().get("/campaigns/lake/").content.decode()
    there = f"/organise/campaigns/{live.pk}/"
    assert "verifying" not in approver.get(there).content.decode()
    assert approver.post(f"/organise/demands/{row.pk}/verifying/").status_code == 403
    second = enter_workspace(network.writer, deliver_all)
    assert f"/organise/demands/{row.pk}/verifying/" in second.get(there).content.decode()
    assert second.post(f"/organise/demands/{row.pk}/verifying/").status_code == 302
    assert told in Client().get("/campaigns/lake/").content.decode()
    assert second.post(f"/organise/demands/{row.pk}/taking-back/").status_code == 302
    assert told not in Client().get("/campaigns/lake/").content.decode()


def test_the_organiser_is_told_when_everybody_asked_sits_in_one_state(network, draft, deliver_all):
    editor = enter_workspace(network.writer, deliver_all)
    said = "sits in one State"
    assert said not in editor.get(f"/organise/campaigns/{draft.pk}/").content.decode()
    demanding.write(draft.demands.get().pk, MINISTER, by=network.writer, at=timezone.now())
    assert said in editor.get(f"/organise/campaigns/{draft.pk}/").content.decode()
    add(network, draft, Wanted(asks="release", titles={"en": "a committee"}))
    assert said not in editor.get(f"/organise/campaigns/{draft.pk}/").content.decode()


def test_where_all_was_done_nothing_more_is_asked(network, live):
    make_action(network, live, "pledge")
    alert = make_alert(network, live)
    Alert.objects.filter(pk=alert.pk).update(state="sending", opened_at=timezone.now())
    row = live.demands.get()
    demanding.meet(row.pk, by=network.writer, at=timezone.now())
    demanding.see_met(row.pk, by=network.approver, at=timezone.now())
    relay()
    assert Alert.objects.get(pk=alert.pk).state == "paused"
    for prefix, said in (("", "What this campaign asked for was done."), ("/fa", "آنچه این کارزار می‌خواست")):
        page = Client().get(f"{prefix}/campaigns/lake/").content.decode()
        assert said in page and 'name="email"' not in page
    typed = {"name": "Nasrin", "email": "nasrin@people.example"}
    assert Client(headers={"Sec-Fetch-Site": "same-origin"}).post("/campaigns/lake/", typed).status_code == 409
    demanding.take_back(row.pk, by=network.writer, at=timezone.now())
    assert 'name="email"' in Client().get("/campaigns/lake/").content.decode()


def test_nobody_is_asked_to_release_whoever_is_free(network, draft):
    demanding.write(draft.demands.get().pk, RELEASE, by=network.writer, at=timezone.now())
    approve_campaign(network, Campaign.objects.get(pk=draft.pk))
    launching.launch(draft.pk, by=network.approver, at=timezone.now())
    make_status(network, draft.case, "liberty", "released_on_bail")
    relay()
    assert 'name="email"' in Client().get("/campaigns/lake/").content.decode()
    make_status(network, draft.case, "liberty", "released")
    relay()
    page = Client().get("/campaigns/lake/").content.decode()
    assert 'name="email"' not in page and "What this campaign asked for was done." in page
    row = draft.demands.get()
    assert row.met_seen_at is not None and not Campaign.objects.get(pk=draft.pk).closed_at
    another = make_campaign(network, slug="river", launched=False)
    Campaign.objects.filter(pk=another.pk).update(case=draft.case)
    demanding.write(another.demands.get().pk, RELEASE, by=network.writer, at=timezone.now())
    assert "release-moot" in missing(another)


def test_nobody_signs_for_a_release_that_was_though_another_office_is_still_asked(network, draft):
    demanding.write(draft.demands.get().pk, RELEASE, by=network.writer, at=timezone.now())
    other = add(network, draft)
    approve_campaign(network, Campaign.objects.get(pk=draft.pk))
    launching.launch(draft.pk, by=network.approver, at=timezone.now())
    pledge = make_action(network, draft, "pledge")
    make_status(network, draft.case, "liberty", "released")
    relay()
    assert draft.actions.get(has_own_words=False).closed_at is not None
    assert Action.objects.get(pk=pledge.pk).closed_at is None  # it asks nobody for a release
    typed = {"name": "Nasrin", "email": "nasrin@people.example"}
    visitor = Client(headers={"Sec-Fetch-Site": "same-origin"})
    page = visitor.get("/campaigns/lake/").content.decode()
    assert "Put your name to it" not in page and "What you sign" not in page
    assert "What people signed" in page and "Nobody signs it any more." in page and "Nobody signed." in page
    assert visitor.get("/campaigns/lake/nameless/").status_code == 409
    demanding.meet(other.pk, by=network.writer, at=timezone.now())
    demanding.take_back(other.pk, by=network.writer, at=timezone.now())
    assert draft.actions.get(has_own_words=False).closed_at is not None  # what else is asked opens it no more
    make_status(network, draft.case, "liberty", "detained")
    relay()
    assert draft.actions.get(has_own_words=False).closed_at is None
    assert visitor.post("/campaigns/lake/", typed).status_code == 302


def test_where_one_of_several_is_free_the_others_are_still_asked_for(network, draft):
    other = make_campaign(network, name="Sohrab Kuhestan", name_fa="سهراب کوهستان", launched=False).case
    including.include(draft.pk, other.pk, by=network.writer, at=timezone.now())
    demanding.write(draft.demands.get().pk, RELEASE, by=network.writer, at=timezone.now())
    Campaign.objects.filter(pk=draft.pk).update(state="live", launched_at=timezone.now())
    demanding.follow_liberty(make_status(network, draft.case, "liberty", "released").pk, at=timezone.now())
    assert draft.demands.get().met_at is None
    demanding.follow_liberty(make_status(network, other, "liberty", "released").pk, at=timezone.now())
    assert draft.demands.get().met_at is not None


def test_a_release_is_followed_once_and_taken_back_with_the_next_arrest(network, draft):
    demanding.write(draft.demands.get().pk, RELEASE, by=network.writer, at=timezone.now())
    approve_campaign(network, Campaign.objects.get(pk=draft.pk))
    launching.launch(draft.pk, by=network.approver, at=timezone.now())
    make_status(network, draft.case, "liberty", "released")
    relay()
    demanding.take_back(draft.demands.get().pk, by=network.writer, at=timezone.now())
    make_status(network, draft.case, "condition", "family_pressure")
    relay()
    assert draft.demands.get().met_at is None  # another status does not say it again
    demanding.meet(draft.demands.get().pk, by=None, at=timezone.now())
    Demand.objects.update(met_seen_at=timezone.now())
    make_status(network, draft.case, "liberty", "detained")
    relay()
    assert draft.demands.get().met_at is None and 'name="email"' in Client().get("/campaigns/lake/").content.decode()


def test_whichever_of_two_was_not_done_people_sign_again_anew_where_nobody_knows_who_signed(network, draft):
    add(network, draft)
    approve_campaign(network, Campaign.objects.get(pk=draft.pk))
    launching.launch(draft.pk, by=network.approver, at=timezone.now())
    first, second = draft.demands.all()
    demanding.meet(first.pk, by=network.writer, at=timezone.now())
    demanding.meet(second.pk, by=network.writer, at=timezone.now())
    assert draft.actions.get().closed_at is not None
    demanding.take_back(first.pk, by=network.writer, at=timezone.now())
    assert draft.actions.get().closed_at is None
    demanding.meet(first.pk, by=network.writer, at=timezone.now())
    draft.actions.update(fingerprint_key=None)
    demanding.take_back(second.pk, by=network.writer, at=timezone.now())
    before, now = draft.actions.order_by("pk")
    assert before.closed_at is not None and now.closed_at is None and now.fingerprint_key is not None


def test_where_all_was_done_no_alert_asks_and_it_stands_last(network, live):
    other = make_campaign(network, slug="river", name="Mehri Darya", name_fa="مهری دریا")
    Campaign.objects.filter(pk=other.pk).update(launched_at=timezone.now() - timedelta(days=3))
    row = live.demands.get()
    demanding.meet(row.pk, by=network.writer, at=timezone.now())
    demanding.see_met(row.pk, by=network.approver, at=timezone.now())
    assert "campaign-met" in opening.missing_for_opening(make_alert(network, live), at=timezone.now())
    page = Client().get("/campaigns/").content.decode()
    assert page.index("/campaigns/river/") < page.index("/campaigns/lake/")


def test_an_office_of_the_state_concerned_is_not_called_whatever_is_typed(network, live):
    row = live.demands.get()
    row.target.country = live.case.country = "IR"
    row.target.save()
    live.case.save()
    action = make_action(network, live, "call", opened=False, options={"country": "DE", "number": "+31201234567"})
    codes = offering.missing_for_opening(action, at=timezone.now())
    assert "calls-the-state" not in codes
    Action.objects.filter(pk=action.pk).update(demand=row)
    codes = offering.missing_for_opening(Action.objects.get(pk=action.pk), at=timezone.now())
    assert "calls-the-state" in codes


def test_the_desk_names_what_waits_for_a_second_person(network, live, deliver_all):
    approver, writer = enter_workspace(network.approver, deliver_all), enter_workspace(network.writer, deliver_all)
    now = timezone.now()
    demanding.meet(live.demands.get().pk, by=network.writer, at=now)
    papering.enter(live.actions.get().pk, signatures=3, reason="At the gate.", by=network.writer, at=now)
    said = {"what": "reply", "grade": "no_change", "on": now.date(), "reporter": "state"}
    observing.record_outcome(live.pk, **said, by=network.writer, at=now)
    harming.record_harm(live.pk, what="family_pressed", on=now.date(), note="By phone.", by=network.writer, at=now)
    page = approver.get("/organise/").content.decode()
    for words in ("Harm is on record", "An office is said", "What happened since is on record", "wait to be counted"):
        assert words in page and words not in writer.get("/organise/").content.decode()
