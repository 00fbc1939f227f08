"""Scenario 4. "Urgent only, Persian, neutral subject": an ordinary update does not come; an urgent one comes in Persian, from
right to left, with nothing in the inbox that tells what it is about, and with nothing in it that tells when it was opened."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.flows.campaign import joining
from notifications.engine import dispatching
from notifications.flows import opening
from notifications.models import Delivery
from tests.makers import enter_workspace, make_alert, make_campaign, make_person
from tests.notifications.test_opening import open_fully

pytestmark = pytest.mark.django_db
ADDRESS = "reader@people.example"
TELLING = ("Golnar", "Sabzrud", "گلنار", "سبزرود", "Hamseda", "همصدا", "Test Host", "News", "خبر")


@pytest.fixture
def reader(network, deliver_all) -> Client:
    """Signed in on their own page, with these preferences kept there."""
    person = make_person(ADDRESS, name="نسرین", wants_alerts=True)
    client = enter_workspace(person, deliver_all)
    answer = client.post("/me/preferences/", {"language": "fa", "pace": "urgent", "neutral_mail": "on"})
    assert answer.headers["Location"] == "/fa/me/"
    return client


@pytest.fixture
def campaign(network, reader):
    campaign = make_campaign(network)
    joining.join(make_person(ADDRESS), campaign, through="test", at=timezone.now())
    return campaign


def sent(network, campaign, mailbox, severity: str) -> list:
    mailbox.received.clear()
    alert = make_alert(network, campaign, audience=1, severity=severity)
    open_fully(alert)
    while dispatching.dispatch():
        pass
    opening.finish(at=timezone.now())
    return [mail for mail in mailbox.mails() if mail["To"] == ADDRESS]


def test_an_ordinary_update_does_not_come(network, campaign, mailbox):
    for severity in ("info", "action"):
        assert sent(network, campaign, mailbox, severity) == []
    assert Delivery.objects.filter(person__email=ADDRESS).count() == 0


@pytest.mark.parametrize("severity", ["urgent", "stand_down"])
def test_an_urgent_one_comes_in_persian_and_tells_nothing(network, campaign, mailbox, severity):
    (mail,) = sent(network, campaign, mailbox, severity)
    assert mail["Content-Language"] == "fa"
    assert mail["Subject"] == "یادداشتی برای شما"
    assert "<" not in mail["From"]
    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    assert 'dir="rtl"' in html
    for words in TELLING:
        assert words.lower() not in f"{mail['Subject']} {mail['From']} {text} {html}".lower()
    assert "/fa/me/" in text and "/fa/me/" in html
    assert not re.search(r"<img|url\(|src=", html)  # nothing to fetch, so nobody is told that it was opened
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_what_waits_is_found_on_their_page(network, campaign, mailbox, reader):
    sent(network, campaign, mailbox, "urgent")
    page = reader.get("/fa/me/").content.decode()
    assert "/fa/campaigns/" in page
    assert "گلنار سبزرود" in page


def test_others_get_it_as_it_is(network, campaign, mailbox):
    sent(network, campaign, mailbox, "urgent")
    subjects = [mail["Subject"] for mail in mailbox.mails() if mail["To"] != ADDRESS]
    assert subjects and all("گلنار" in subject or "Golnar" in subject for subject in subjects)


def test_a_sign_in_code_says_no_more(network, reader, mailbox, deliver_all):
    mailbox.received.clear()
    Client().post("/accounts/code/", {"email": ADDRESS})
    deliver_all()
    mail = mailbox.last(ADDRESS)
    assert "Hamseda" not in mail["Subject"] and "<" not in mail["From"]
