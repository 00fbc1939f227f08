"""What a mail provider reports: believed where it is signed, once, and as what it is; never more than that."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import path
from django.utils import timezone

from config import urls
from config.environment import MAIL_PROVIDERS, Environment, Misconfigured
from network.models import ContactConsent
from notifications.engine import dispatching, permanence, reporting
from notifications.flows import suppressing
from notifications.models import Delivery, SoftBounce, Suppression
from notifications.open import reports
from tests.makers import make_alert, make_campaign
from tests.notifications.test_opening import open_fully

pytestmark = pytest.mark.django_db
KEY = "a-key-for-signing-in-tests"
KEYS = {
    "MAILGUN_WEBHOOK_SIGNING_KEY": KEY,
    "MAILERSEND_SIGNING_SECRET": KEY,
    "MANDRILL_WEBHOOK_KEY": KEY,
    "UNISENDER_GO_API_KEY": KEY,
    "POSTAL_WEBHOOK_KEY": KEY,
}
ADDRESS = "member-00000@people.example"


@pytest.fixture
def door(settings) -> str:
    settings.MAIL_PROVIDER, settings.ANYMAIL = "mailgun", {"MAILGUN_WEBHOOK_SIGNING_KEY": KEY}
    settings.ROOT_URLCONF = type(
        "urls", (), {"urlpatterns": [*urls.urlpatterns, path("reports/mail/", reports.door())]}
    )
    return "/reports/mail/"


def report(event: str, address: str = ADDRESS, *, age: float = 0, key: str = KEY, **more: Any) -> dict[str, Any]:
    """As Mailgun sends it: https://documentation.mailgun.com, webhooks."""
    stamp, token = str(int(time.time())), f"token-{event}-{address}-{age}"
    signature = hmac.new(key.encode(), f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    return {
        "signature": {"timestamp": stamp, "token": token, "signature": signature},
        "event-data": {"event": event, "recipient": address, "timestamp": time.time() - age, **more},
    }


def send(door: str, said: dict[str, Any]) -> int:
    return Client().post(door, json.dumps(said), content_type="application/json").status_code


def bounce(address: str = ADDRESS, **more: Any) -> dict[str, Any]:
    return report("failed", address, severity="permanent", reason="bounce", **more)


def in_force() -> list[tuple[str, str, str]]:
    return list(Suppression.objects.in_force().values_list("address", "reason", "source"))


def test_a_mailbox_that_is_gone_gets_nothing_more(door):
    assert send(door, bounce()) == 200
    assert send(door, bounce()) == 200  # the same again, as providers do
    assert in_force() == [(ADDRESS, "hard_bounce", "mailgun-bounced")]


def test_a_provider_that_refuses_by_its_own_policy_says_nothing_of_the_mailbox(door):
    assert send(door, report("failed", severity="permanent", reason="generic")) == 200
    assert in_force() == [] and SoftBounce.objects.get().address == ADDRESS


def test_a_complaint_stops_alerts(door):
    assert send(door, report("complained")) == 200
    assert in_force() == [(ADDRESS, "complaint", "mailgun-complained")]


def test_who_unsubscribes_at_the_provider_gets_no_alerts(network, door):
    make_alert(network, make_campaign(network), audience=2)
    before = ContactConsent.objects.filter(person__email=ADDRESS, withdrawn_at=None).count()
    assert send(door, report("unsubscribed")) == 200
    after = ContactConsent.objects.filter(person__email=ADDRESS, withdrawn_at=None).count()
    assert (before, after) == (1, 0)


@pytest.mark.parametrize("said", [report("delivered"), report("opened"), report("failed", severity="temporary")])
def test_what_tells_of_no_failure_changes_nothing(door, said):
    assert send(door, said) == 200
    assert in_force() == [] and not SoftBounce.objects.exists()


@pytest.mark.parametrize("said", [bounce(key="another"), {"event-data": {}}, {}, bounce("no address"), bounce("")])
def test_what_is_not_signed_or_names_nobody_changes_nothing(door, said):
    assert send(door, said) in {200, 400}
    assert in_force() == []


def test_what_a_steward_released_is_not_believed_again(door):
    send(door, bounce(age=60))
    row = Suppression.objects.get()
    suppressing.release([row.pk], by=None, at=timezone.now())
    assert send(door, bounce(age=60)) == 200
    assert in_force() == []
    Suppression.objects.update(released_at=timezone.now() - timedelta(minutes=10))
    assert send(door, bounce()) == 200  # a new one, of today
    assert len(in_force()) == 1


def test_what_is_long_past_is_not_believed(door, settings):
    assert send(door, bounce(age=(settings.RETURNED_MAIL_DAYS + 1) * 86_400)) == 200
    assert in_force() == []


def echoed(sent: str) -> dict[str, Any]:
    """A provider that gives a mail an id of its own, and echoes ours beside it."""
    return {
        "message": {"headers": {"message-id": "its-own@provider.example"}},
        "user-variables": {"letter": sent.partition("@")[0]},
    }


@pytest.mark.parametrize("told", [lambda sent: {"message": {"headers": {"message-id": sent}}}, echoed])
def test_a_letter_that_was_called_sent_and_bounced_is_told_as_it_is(network, mailbox, door, told):
    alert = make_alert(network, make_campaign(network), audience=2)
    open_fully(alert)
    while dispatching.dispatch():
        pass
    sent = mailbox.last(ADDRESS)["Message-ID"].strip("<>")
    assert send(door, bounce(**told(sent))) == 200
    assert dict(Delivery.objects.of(alert).values_list("person__email", "state")) == {
        ADDRESS: "bounced",
        "member-00001@people.example": "sent",
    }


def test_a_large_report_is_read_and_a_far_too_large_one_is_not(door):
    assert send(door, bounce(tags=["x" * 200_000])) == 200
    assert send(door, bounce(tags=["x" * 1_200_000])) == 413


def test_without_a_provider_there_is_no_door():
    assert Client().post("/reports/mail/", "{}", content_type="application/json").status_code == 404


def test_a_door_that_would_believe_anybody_does_not_open(settings):
    settings.MAIL_PROVIDER, settings.ANYMAIL = "postmark", {"ANOTHER": "thing"}
    with pytest.raises(ImproperlyConfigured, match="does not sign postmark"):
        reports.door()


@pytest.mark.parametrize(
    ("provider", "secrets", "says"),
    [
        ("gmail", "{}", "is one of"),
        ("mailgun", "", "nobody signed"),
        ("mailgun", "{", "is JSON"),
        ("mailgun", '{"A": 1}', "is JSON"),
    ],
)
def test_a_provider_that_cannot_be_heard_stops_the_start(monkeypatch, provider, secrets, says):
    monkeypatch.setenv("MAIL_PROVIDER", provider)
    monkeypatch.setenv("MAIL_PROVIDER_SECRETS", secrets)
    with pytest.raises(Misconfigured, match=says):
        Environment.read()


@pytest.mark.parametrize("provider", MAIL_PROVIDERS)
def test_each_provider_has_its_door(settings, provider):
    settings.MAIL_PROVIDER, settings.ANYMAIL = provider, {"WEBHOOK_SECRET": "name:password", **KEYS}
    assert callable(reports.door())


@pytest.mark.parametrize(
    ("provider", "gone", "full"),
    [
        ("brevo", {"event": "hard_bounce"}, {"event": "soft_bounce"}),
        ("mailersend", {"type": "activity.hard_bounced"}, {"type": "activity.soft_bounced"}),
        ("mailjet", {"event": "bounce", "hard_bounce": True}, {"event": "bounce", "hard_bounce": False}),
        ("mailtrap", {"event": "bounce"}, {"event": "soft bounce"}),
        ("mandrill", {"event": "hard_bounce"}, {"event": "soft_bounce"}),
        ("postmark", {"Type": "HardBounce"}, {"Type": "SoftBounce"}),
        (
            "sparkpost",
            {"msys": {"message_event": {"bounce_class": "10"}}},
            {"msys": {"message_event": {"bounce_class": "22"}}},
        ),
        (
            "unisender go",
            {"delivery_info": {"delivery_status": "err_user_unknown"}},
            {"delivery_info": {"delivery_status": "err_mailbox_full"}},
        ),
        ("mailgun", {"event-data": {"severity": "permanent"}}, {"event-data": {"severity": "temporary"}}),
    ],
)
def test_only_a_mailbox_that_is_not_there_is_called_dead(network, provider, gone, full):
    now = timezone.now()
    for said, suppressed in ((full, []), (gone, [(ADDRESS, "hard_bounce", f"{provider}-bounced")])):
        report = reporting.Report(
            event="bounced",
            address=ADDRESS,
            reason="bounced",
            message_id="",
            happened_at=now,
            is_gone=permanence.is_gone(provider, said),
        )
        reporting.hear(report, provider=provider, at=now)
        assert in_force() == suppressed
    assert SoftBounce.objects.filter(address=ADDRESS).count() == 1


@pytest.mark.parametrize("said", [None, [], "words", {}, {"msys": []}, {"delivery_info": None}, {"event-data": None}])
def test_what_nobody_understands_calls_no_mailbox_dead(said):
    assert not any(permanence.is_gone(provider, said) for provider in (*permanence.GONE, "unknown"))
