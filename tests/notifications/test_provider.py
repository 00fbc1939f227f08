"""Mail through a provider's interface: what it answers ends in true states; what it does not answer is uncertain, and says so."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from notifications import tasks
from notifications.engine import dispatching, leasing, settling
from notifications.flows import progressing, steering
from notifications.flows.noticing import notify
from notifications.models import Alert, Chunk, Delivery, Notice, Suppression
from tests.makers import enter_workspace, make_alert, make_campaign
from tests.notifications.test_opening import open_fully
from tests.provider_server import Provider

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def provider(settings):
    made = Provider()
    settings.MAIL_THROUGH, settings.MAIL_PROVIDER, settings.ANYMAIL = "provider", "mailgun", made.settings()
    yield made
    made.stop()


@pytest.fixture
def opened(network):
    return opened_as(network, "action")


def opened_as(network, severity: str) -> Alert:
    alert = make_alert(network, make_campaign(network), audience=6, severity=severity)
    open_fully(alert)
    return alert


def states(alert: Alert) -> Counter:
    return Counter(Delivery.objects.of(alert).values_list("state", "reason"))


def number(recipient: str) -> int:
    return int(recipient.removeprefix("member-").partition("@")[0])


def test_each_mail_arrives_whole(opened, provider):
    tasks.dispatch()
    assert states(opened) == Counter({("sent", ""): 6})
    assert sorted(map(number, provider.accepted)) == list(range(6))
    asked = next(one for one in provider.asked if one["to"] == "member-00001@people.example")
    assert asked["subject"] == "News of Golnar"
    assert "Dear Member 1, today Golnar Sabzrud is heard." in asked["text"]
    assert "<strong>today</strong>" in asked["html"]
    assert asked["h:List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert asked["h:List-Unsubscribe"].startswith("<http")
    assert asked["h:Message-Id"].startswith("<") and asked["h:Auto-Submitted"] == "auto-generated"
    assert asked["v:letter"] == asked["h:Message-Id"].strip("<>").partition("@")[0]  # echoed in reports
    assert (asked["o:tracking-opens"], asked["o:tracking-clicks"]) == ("no", "no")
    tasks.sweep()
    opened.refresh_from_db()
    assert opened.state == Alert.State.FINISHED


def test_what_it_answers_ends_in_true_states(opened, provider):
    provider.answers = lambda _place, to: {1: 400, 2: 500}.get(number(to))
    tasks.dispatch()
    assert states(opened) == Counter({("sent", ""): 4, ("bounced", "api-400"): 1, ("uncertain", "api-500"): 1})
    assert not Suppression.objects.exists()  # a refusal of a call speaks of no mailbox


def test_where_our_account_is_refused_everything_stays_queued(opened, provider):
    provider.answers = lambda _place, _to: 401
    tasks.dispatch()
    assert states(opened) == Counter({("queued", ""): 6})
    assert set(Chunk.objects.filter(alert=opened).values_list("leased_until", flat=True)) == {None}
    provider.answers = lambda _place, _to: None
    Chunk.objects.update(not_before=timezone.now())
    tasks.dispatch()
    assert states(opened) == Counter({("sent", ""): 6})
    assert len(provider.accepted) == 6


def test_too_many_at_once_waits_and_sends_nobody_two(opened, provider):
    provider.answers = lambda place, _to: 429 if place > 3 else None
    tasks.dispatch()
    taken = states(opened)[("sent", "")]
    assert states(opened) == Counter({("sent", ""): taken, ("queued", ""): 6 - taken})
    provider.answers = lambda _place, _to: None
    Chunk.objects.update(not_before=timezone.now())
    tasks.dispatch()
    assert Counter(provider.accepted) == Counter({f"member-{n:05d}@people.example": 1 for n in range(6)})


def test_nobody_there_at_all_leaves_everything_queued(opened, provider):
    provider.stop()
    tasks.dispatch()
    assert states(opened) == Counter({("queued", ""): 6})


def test_an_answer_that_is_lost_is_uncertain_counted_and_sent_again_by_a_press(network, opened, provider, deliver_all):
    provider.answers = lambda _place, to: 0 if number(to) == 3 else None
    tasks.dispatch()
    tasks.sweep()
    assert states(opened) == Counter({("sent", ""): 5, ("uncertain", "no-answer"): 1})
    opened.refresh_from_db()
    assert opened.state == Alert.State.FINISHED
    progress = progressing.progress_of(opened, at=timezone.now())
    assert (progress.sent, progress.uncertain, progress.left, progress.total) == (5, 1, 0, 6)
    provider.answers = lambda _place, _to: None
    assert steering.resend_uncertain(opened.pk, by=network.approver, at=timezone.now()) == 1
    tasks.sweep()
    tasks.dispatch()
    tasks.sweep()
    assert states(opened) == Counter({("sent", ""): 6})
    assert Counter(provider.accepted)["member-00003@people.example"] == 2  # it had been taken: as the page warned


@pytest.mark.parametrize("severity", ["urgent", "stand_down"])
def test_what_presses_goes_again_by_itself(network, provider, severity):
    alert = opened_as(network, severity)
    provider.answers = lambda _place, to: 0 if number(to) == 3 else None
    tasks.dispatch()
    assert states(alert) == Counter({("sent", ""): 5, ("deferred", "no-answer"): 1})
    provider.answers = lambda _place, _to: None
    Delivery.objects.of(alert).filter(state="deferred").update(not_before=timezone.now())
    tasks.sweep()
    tasks.dispatch()
    assert states(alert) == Counter({("sent", ""): 6})


def die_with_rows_handed_over(alert: Alert) -> list[int]:
    """As kill -9 leaves it: three of a chunk marked as handed over, the lease running out by itself."""
    held = leasing.lease()
    rows = list(Delivery.objects.filter(chunk=held.chunk).order_by("pk").values_list("pk", flat=True))[:2]
    settling.hand_over(held, rows)
    Chunk.objects.filter(pk=held.chunk.pk).update(leased_until=timezone.now() - timedelta(minutes=5))
    return rows


def test_after_a_crash_what_was_handed_over_is_uncertain_and_the_rest_is_sent(opened, provider):
    rows = die_with_rows_handed_over(opened)
    tasks.sweep()
    tasks.dispatch()
    tasks.sweep()
    assert states(opened) == Counter({("sent", ""): 4, ("uncertain", "no-answer"): 2})
    assert set(Delivery.objects.filter(state="uncertain").values_list("pk", flat=True)) == set(rows)
    opened.refresh_from_db()
    assert opened.state == Alert.State.FINISHED
    assert sum(Chunk.objects.filter(alert=opened).values_list("uncertain_count", flat=True)) == 2


def test_after_a_crash_what_presses_is_sent_again(network, provider):
    alert = opened_as(network, "urgent")
    die_with_rows_handed_over(alert)
    tasks.sweep()
    tasks.dispatch()
    assert states(alert) == Counter({("sent", ""): 6})


def test_a_notice_somebody_waits_for_is_never_uncertain(provider, network):
    campaign = make_campaign(network)
    notify(
        Notice.Kind.SIGN_IN_CODE,
        address="waits@people.example",
        language="en",
        dedupe_key="code",
        payload={"code": "123456"},
        at=timezone.now(),
    )
    provider.answers = lambda place, _to: 0 if place == 1 else None
    dispatching.dispatch(only_notices=True)
    assert Notice.objects.get().state == Notice.State.DEFERRED
    assert campaign.pk


def test_the_page_says_it_and_has_the_button(network, provider, deliver_all, settings):
    settings.MAIL_THROUGH = "smtp"  # the sign-in code is read in a mailbox
    page = enter_workspace(network.approver, deliver_all)
    settings.MAIL_THROUGH = "provider"
    opened = opened_as(network, "action")
    provider.answers = lambda _place, to: 0 if number(to) == 3 else None
    tasks.dispatch()
    tasks.sweep()
    shown = page.get(f"/organise/alerts/{opened.pk}/").content.decode()
    assert "Whether 1 person got it nobody knows" in shown and "nobody knows</td>" in shown
    provider.answers = lambda _place, _to: None
    page.post(f"/organise/alerts/{opened.pk}/sending-again/")
    tasks.sweep()
    tasks.dispatch()
    assert states(opened) == Counter({("sent", ""): 6})
