"""Whoever has not confirmed is asked once more, by one press, and never a third time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from campaigns.flows.campaign import acting, closing, reminding
from campaigns.flows.gate import silencing
from campaigns.models import Participation
from network.models import Person
from notifications.flows import noticing
from notifications.models import Notice, Suppression
from tests.makers import enter_workspace, make_campaign, make_participation, make_person

pytestmark = pytest.mark.django_db
ASKED, ONCE_MORE = "Please confirm: is this your signature?", "Once more: is this your signature?"
HOURS = timedelta(hours=settings.REMIND_AFTER_HOURS)


@pytest.fixture
def campaign(network):
    campaign = make_campaign(network, slug="lake")
    make_participation(campaign, "signed@people.example")
    make_participation(campaign, "late@people.example", confirmed=False)
    return campaign


def remind(campaign, after: timedelta) -> int:
    return reminding.remind(campaign.pk, by=None, at=timezone.now() + after)


def test_only_who_is_late_is_asked_and_once(campaign, deliver_all):
    deliver_all()
    assert remind(campaign, HOURS - timedelta(hours=1)) == 0
    assert remind(campaign, HOURS + timedelta(hours=1)) == 1
    assert remind(campaign, HOURS + timedelta(hours=2)) == 0
    mails = deliver_all()
    assert [mail["Subject"] for mail in mails.mails("late@people.example")] == [ASKED, ONCE_MORE]
    assert "Your signature is counted" in [mail["Subject"] for mail in mails.mails("signed@people.example")]


def test_who_has_no_day_left_is_not_asked(campaign):
    assert remind(campaign, timedelta(days=settings.CONFIRMATION_DAYS)) == 0


def test_who_said_it_was_not_them_is_left_in_peace(campaign):
    acting.reject(Participation.objects.pending().get().pk, at=timezone.now())
    assert remind(campaign, HOURS + timedelta(hours=1)) == 0


def test_the_mail_says_the_day_on_which_the_words_are_forgotten(campaign, deliver_all):
    begun = timezone.now() - timedelta(days=5)
    Participation.objects.pending().update(entered_at=begun, asked_at=begun)
    told = Participation.objects.pending().get().last_day()
    deliver_all()
    assert remind(campaign, timedelta()) == 1
    text = deliver_all().mails("late@people.example")[-1].get_body(("plain",)).get_content()
    assert f"{told.day} {told:%b %Y}" in " ".join(text.split())


def test_one_press_asks_so_many_and_the_next_the_others(campaign, settings):
    settings.REMIND_AT_ONCE = 2
    for number in range(4):
        make_participation(campaign, f"late-{number}@people.example", confirmed=False)
    assert [remind(campaign, HOURS + timedelta(hours=1)) for _press in range(4)] == [2, 2, 1, 0]


@pytest.mark.parametrize("why", ["complained", "refused for now", "in danger"])
def test_some_are_left_in_peace(campaign, deliver_all, why):
    """The first mail is answered by who gets it; nobody asked for this one."""
    address, now = "late@people.example", timezone.now()
    deliver_all()
    if why == "in danger":
        Person.objects.filter(pk=make_person(address).pk).update(at_risk=True)
    else:
        reason = Suppression.Reason.COMPLAINT if why == "complained" else Suppression.Reason.SOFT_BOUNCES
        Suppression.objects.create(address=address, reason=reason, source="test", created_at=now)
    assert remind(campaign, HOURS + timedelta(hours=1)) == 1
    assert [mail["Subject"] for mail in deliver_all().mails(address)] == [ASKED]


def test_the_address_of_a_reminder_is_forgotten_a_day_later(campaign, deliver_all):
    remind(campaign, HOURS + timedelta(hours=1))
    deliver_all()
    reminder = Notice.objects.get(kind=Notice.Kind.REMIND_PARTICIPATION)
    noticing.forget(at=timezone.now() + timedelta(days=1, hours=1))
    reminder.refresh_from_db()
    assert (reminder.address, reminder.mailbox_key) == ("", "")
    assert Notice.objects.filter(kind=Notice.Kind.CONFIRM_PARTICIPATION).exclude(address="").exists()


def test_an_approver_presses_it_on_the_results(campaign, network, deliver_all):
    Participation.objects.pending().update(asked_at=timezone.now() - HOURS - timedelta(hours=1))
    approver, url = enter_workspace(network.approver, deliver_all), f"/organise/campaigns/{campaign.pk}/"
    assert "Remind them, once" in approver.get(f"{url}results/").content.decode()
    assert approver.post(f"{url}reminding/").status_code == 302
    assert "Remind them, once" not in approver.get(f"{url}results/").content.decode()
    assert len([one for one in deliver_all().mails("late@people.example") if one["Subject"] == ONCE_MORE]) == 1


def test_nobody_is_asked_for_a_case_that_is_silent(campaign, network, deliver_all):
    Participation.objects.pending().update(asked_at=timezone.now() - HOURS - timedelta(hours=1))
    silencing.withdraw_case(campaign.case_id, by=None, at=timezone.now())
    approver = enter_workspace(network.approver, deliver_all)
    assert approver.post(f"/organise/campaigns/{campaign.pk}/reminding/").status_code == 404
    assert Participation.objects.filter(reminded_at=None).count() == 2


def test_nobody_is_asked_for_a_campaign_that_is_over(campaign, network, deliver_all):
    Participation.objects.pending().update(asked_at=timezone.now() - HOURS - timedelta(hours=1))
    closing.close(campaign.pk, ending="ended", by=None, at=timezone.now())
    approver = enter_workspace(network.approver, deliver_all)
    assert approver.post(f"/organise/campaigns/{campaign.pk}/reminding/").status_code == 404
