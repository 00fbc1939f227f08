"""Whoever has not confirmed is asked once more, by one press, and never a third time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from campaigns.flows.campaign import acting, reminding
from campaigns.flows.gate import silencing
from campaigns.models import Participation
from tests.makers import enter_workspace, make_campaign, make_participation

pytestmark = pytest.mark.django_db
SUBJECT = "Please confirm: is this your signature?"
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
    assert [mail["Subject"] for mail in mails.mails("late@people.example")] == [SUBJECT, SUBJECT]
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


def test_more_than_one_transaction_holds_are_asked_each_once(campaign, monkeypatch):
    for number in range(5):
        make_participation(campaign, f"late-{number}@people.example", confirmed=False)
    monkeypatch.setattr(reminding, "AT_ONCE", 2)
    assert remind(campaign, HOURS + timedelta(hours=1)) == 6
    assert Participation.objects.exclude(reminded_at=None).count() == 6


def test_an_approver_presses_it_on_the_results(campaign, network, deliver_all):
    Participation.objects.pending().update(asked_at=timezone.now() - HOURS - timedelta(hours=1))
    approver, url = enter_workspace(network.approver, deliver_all), f"/organise/campaigns/{campaign.pk}/"
    assert "Remind them, once" in approver.get(f"{url}results/").content.decode()
    assert approver.post(f"{url}reminding/").status_code == 302
    assert "Remind them, once" not in approver.get(f"{url}results/").content.decode()
    assert len([one for one in deliver_all().mails("late@people.example") if one["Subject"] == SUBJECT]) == 2


def test_nobody_is_asked_for_a_case_that_is_silent(campaign, network, deliver_all):
    Participation.objects.pending().update(asked_at=timezone.now() - HOURS - timedelta(hours=1))
    silencing.withdraw_case(campaign.case_id, by=None, at=timezone.now())
    approver = enter_workspace(network.approver, deliver_all)
    assert approver.post(f"/organise/campaigns/{campaign.pk}/reminding/").status_code == 404
    assert Participation.objects.filter(reminded_at=None).count() == 2
