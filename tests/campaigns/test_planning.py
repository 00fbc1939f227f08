"""A campaign's plan: steps for days, and after how long without anything the desk says that it is going quiet."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.flows.campaign import closing
from campaigns.models import Campaign, DeliveryPlan, PlannedStep
from tests.makers import enter_workspace, make_campaign, make_participation

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WORDS = "Write to the members about the hearing."


@pytest.fixture
def campaign(network):
    return make_campaign(network, slug="lake")


@pytest.fixture
def editor(network, deliver_all):
    return enter_workspace(network.writer, deliver_all)


def day(days: int) -> str:
    return (timezone.now().date() + timedelta(days=days)).isoformat()


def test_a_step_is_planned_named_on_the_desk_and_done(editor, campaign):
    url = f"/organise/campaigns/{campaign.pk}/plan/"
    assert url in editor.get(f"/organise/campaigns/{campaign.pk}/").content.decode()
    assert editor.post(f"{url}steps/", {"on": day(5), "words": WORDS}).status_code == 302
    assert editor.post(f"{url}steps/", {"on": day(60), "words": "Much later."}).status_code == 302
    desk = editor.get("/organise/").content.decode()
    assert WORDS in desk and "Much later." not in desk
    PlannedStep.objects.filter(words__isnull=False, on=day(5)).update(on=day(-2))
    assert "overdue" in editor.get("/organise/").content.decode()
    step = PlannedStep.objects.get(on=day(-2))
    assert editor.post(f"/organise/plan/{step.pk}/ending/", {"done": "1"}).status_code == 302
    assert WORDS not in editor.get("/organise/").content.decode()
    step.refresh_from_db()
    assert step.is_done and "done" in editor.get(url).content.decode()
    assert editor.post("/organise/plan/999999/ending/").status_code == 404
    assert WORDS not in Client().get("/campaigns/lake/").content.decode()


def test_what_is_wrong_is_said_and_kept(editor, campaign):
    url = f"/organise/campaigns/{campaign.pk}/plan/"
    for typed in (day(-1), "soon", ""):
        answer = editor.post(f"{url}steps/", {"on": typed, "words": WORDS})
        assert answer.status_code == 400 and WORDS in answer.content.decode()
    for typed in ("0", "1000", "often"):
        answer = editor.post(f"{url}cadence/", {"every_days": typed})
        assert answer.status_code == 400 and f'value="{typed}"' in answer.content.decode()
    assert editor.post("/organise/campaigns/999999/plan/steps/", {"on": day(5), "words": WORDS}).status_code == 404
    assert not PlannedStep.objects.exists()


def test_each_campaign_goes_quiet_after_its_own_time(editor, campaign):
    Campaign.objects.filter(pk=campaign.pk).update(launched_at=timezone.now() - timedelta(days=20))
    assert "Going quiet" in editor.get("/organise/").content.decode()
    editor.post(f"/organise/campaigns/{campaign.pk}/plan/cadence/", {"every_days": "30"})
    assert "Going quiet" not in editor.get("/organise/").content.decode()
    editor.post(f"/organise/campaigns/{campaign.pk}/plan/cadence/", {"every_days": "3"})
    assert "Going quiet" in editor.get("/organise/").content.decode()


def test_a_campaign_that_is_over_has_nothing_due(editor, campaign):
    editor.post(f"/organise/campaigns/{campaign.pk}/plan/steps/", {"on": day(1), "words": WORDS})
    assert WORDS in editor.get("/organise/").content.decode()
    Campaign.objects.filter(pk=campaign.pk).update(state=Campaign.State.CLOSED)
    assert WORDS not in editor.get("/organise/").content.decode()


GOAL = {"goal": "2", "on": "", "how": "Two of us carry it to the ministry."}


def plan_delivery(editor, campaign, **changed) -> None:
    url = f"/organise/campaigns/{campaign.pk}/plan/delivery/"
    assert editor.post(url, {**GOAL, **changed}).status_code == 302


def test_a_goal_is_for_organisers_alone(network, editor, campaign, deliver_all):
    plan_delivery(editor, campaign)
    results = f"/organise/campaigns/{campaign.pk}/results/"
    make_participation(campaign, "one@people.example")
    deliver_all()
    assert "1 of the 2 signatures we hope for: 50 in a hundred" in editor.get(results).content.decode()
    assert "As many have signed" not in editor.get("/organise/").content.decode()
    make_participation(campaign, "two@people.example")
    deliver_all()
    assert "As many have signed" in editor.get("/organise/").content.decode()
    closing.close(campaign.pk, ending=Campaign.Ending.ENDED, by=network.approver, at=timezone.now())
    for path in ("/campaigns/lake/", "/campaigns/lake/report/", "/api/v1/campaigns/", "/feeds/campaigns.atom"):
        page = Client().get(path).content.decode()
        assert "we hope for" not in page and GOAL["how"] not in page and '"goal"' not in page


def test_the_day_of_handing_over_is_named_on_the_desk_until_it_has_been(editor, campaign):
    url = f"/organise/campaigns/{campaign.pk}/plan/"
    plan_delivery(editor, campaign, on=day(60))
    assert GOAL["how"] not in editor.get("/organise/").content.decode()
    plan_delivery(editor, campaign, on=day(5))
    desk = editor.get("/organise/").content.decode()
    assert GOAL["how"] in desk and "What people signed is handed over." in desk
    assert GOAL["how"] in editor.get(f"/organise/campaigns/{campaign.pk}/handover/").content.decode()
    assert editor.post(f"{url}delivered/").status_code == 302
    assert GOAL["how"] not in editor.get("/organise/").content.decode()
    assert "Handed over on" in editor.get(url).content.decode()
    DeliveryPlan.objects.update(on=day(-3))
    plan_delivery(editor, campaign, on=day(-3), goal="5")  # the day that was kept may have passed
    plan_delivery(editor, campaign, on=day(6))  # once more, on another day
    assert GOAL["how"] in editor.get("/organise/").content.decode()


def test_a_goal_that_is_none_is_said_and_kept(editor, campaign):
    url = f"/organise/campaigns/{campaign.pk}/plan/delivery/"
    for wrong in ({"goal": "many"}, {"goal": "-1"}, {"on": "soon"}, {"on": day(-1)}):
        answer = editor.post(url, {**GOAL, **wrong})
        assert answer.status_code == 400 and GOAL["how"] in answer.content.decode()
    assert not DeliveryPlan.objects.exists()
    assert editor.post("/organise/campaigns/999999/plan/delivery/", GOAL).status_code == 404
    assert editor.post("/organise/campaigns/999999/plan/delivered/").status_code == 404


@pytest.mark.parametrize(
    ("typed", "goal"), [("1,200", 1200), ("۱٬۲۰۰", 1200), ("1 200 000", 1200000), ("1,2", None), ("1.5", None)]
)
def test_a_number_may_be_written_with_its_thousands_set_apart(editor, campaign, typed, goal):
    answer = editor.post(f"/organise/campaigns/{campaign.pk}/plan/delivery/", {**GOAL, "goal": typed})
    assert answer.status_code == (400 if goal is None else 302)
    assert list(DeliveryPlan.objects.values_list("goal", flat=True)) == ([] if goal is None else [goal])
