"""Scenario 3: given an urgent action with an act-before date, when the date passes, then sending is closed, the page says so, and
everyone who followed it gets any follow-up or stop notice."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from campaigns.flows.campaign import acting, offering
from campaigns.kinds.letter.answers import LetterAnswers
from campaigns.kinds.pledge.answers import PledgeAnswers
from campaigns.models import Action, Campaign, Participation
from campaigns.publishing import campaign as published
from campaigns.publishing.audiences import Audience
from campaigns.refusals import ActionClosed
from notifications.engine import dispatching
from notifications.flows import opening
from tests.makers import make_action, make_alert, make_campaign
from tests.makers.actions import ANSWERS
from tests.notifications.test_opening import open_fully

pytestmark = pytest.mark.django_db
URL = "/campaigns/lake/2/"


@pytest.fixture
def campaign(network) -> Campaign:
    return make_campaign(network, slug="lake")


@pytest.fixture
def asked(network, campaign) -> Action:
    return make_action(network, campaign, "letter", last_day=timezone.now().date() + timedelta(days=3))


def past_it(action: Action):
    return time_machine.travel(action.act_before + timedelta(seconds=1), tick=False)


def test_it_is_numbered_and_says_until_when(network, campaign, asked, visitor):
    page = visitor.get(URL).content.decode()
    assert f"UA 1/{timezone.now().year}" in page and "Act by" in page and 'action="/campaigns/lake/2/#sign"' in page
    second = make_action(network, campaign, "pledge", last_day=timezone.now().date() + timedelta(days=3))
    assert (second.number, second.year) == (2, timezone.now().year)
    assert make_action(network, campaign, "pledge").number is None


def test_past_it_the_page_says_so_and_nothing_is_taken(asked, visitor):
    typed = {"name": "Nasrin", "email": "nasrin@people.example", **ANSWERS["letter"]}
    entry = acting.Entry(address="a@people.example", name="A", language="en", answers=LetterAnswers(way="mail"))
    with past_it(asked):
        page = visitor.get(URL).content.decode()
        assert "Please send nothing more without asking us first" in page and 'id="sign"' not in page
        assert visitor.post(URL, typed).status_code == 409
        with pytest.raises(ActionClosed):
            acting.enter(asked.pk, entry, at=timezone.now())
    assert not Participation.objects.exists()


def test_whoever_entered_it_in_time_can_still_confirm(asked):
    answers = LetterAnswers(way="mail")
    entry = acting.Entry(address="a@people.example", name="A", language="en", answers=answers)
    row = acting.enter(asked.pk, entry, at=timezone.now())
    with past_it(asked):
        assert acting.confirm(row.pk, name="A", answers=answers, at=timezone.now()).state == "confirmed"


def test_no_copy_of_the_page_outlives_the_day(network, campaign, visitor):
    action = make_action(network, campaign, "pledge", last_day=timezone.now().date())
    with time_machine.travel(action.act_before - timedelta(seconds=2), tick=False):
        form = published.find("lake", audience=Audience.PUBLIC, language="en", at=timezone.now())
        assert form.fresh_until == action.act_before
        assert int(visitor.get(URL)["Cache-Control"].removeprefix("public, max-age=")) <= 2


def test_the_day_ends_where_the_campaign_keeps_time(network, campaign):
    Campaign.objects.filter(pk=campaign.pk).update(zone="Asia/Tehran")
    action = offering.offer(campaign.pk, "pledge", by=network.writer, at=timezone.now())
    action = offering.write(
        action.pk, options={}, texts={}, last_day=date(2030, 1, 5), by=network.writer, at=timezone.now()
    )
    assert action.act_before == datetime(2030, 1, 5, 20, 30, tzinfo=UTC)


def test_a_day_that_is_past_opens_nothing(network, campaign):
    action = make_action(network, campaign, "pledge", opened=False, last_day=timezone.now().date() - timedelta(days=2))
    assert "last-day-past" in offering.missing_for_opening(action, at=timezone.now())


def test_who_followed_it_gets_the_stop_notice_after_the_day(network, campaign, asked, mailbox):
    answers = LetterAnswers(way="mail", follow=True)
    entry = acting.Entry(address="follower@people.example", name="A", language="en", answers=answers)
    row = acting.enter(asked.pk, entry, at=timezone.now())
    acting.confirm(row.pk, name="A", answers=answers, at=timezone.now())
    Action.objects.filter(pk=asked.pk).update(act_before=timezone.now() - timedelta(hours=1))
    alert = make_alert(network, campaign, audience=1, severity="stand_down")
    open_fully(alert)
    while dispatching.dispatch():
        pass
    opening.finish(at=timezone.now())
    assert "follower@people.example" in {mail["To"] for mail in mailbox.mails()}


def test_what_has_no_last_day_goes_on(network, campaign):
    action = make_action(network, campaign, "pledge")
    later = timezone.now() + timedelta(days=100)
    entry = acting.Entry(address="a@people.example", name="A", language="en", answers=PledgeAnswers())
    assert acting.enter(action.pk, entry, at=later).state == "pending"
