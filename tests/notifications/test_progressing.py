"""What the progress page says of an alert under way is true at every moment: what goes, what waits, what will not go."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.utils import timezone

from campaigns.flows.campaign import joining
from network.models import Membership
from notifications import tasks
from notifications.engine import dispatching, supplying
from notifications.flows import opening, progressing, steering, suppressing
from notifications.models import Alert, Chunk, Delivery, Suppression
from tests.makers import enter_workspace, make_alert, make_campaign, make_person
from tests.notifications.test_dispatching import send_all
from tests.notifications.test_hours import approved
from tests.notifications.test_opening import open_fully

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def alert(network):
    made = make_alert(network, make_campaign(network, slug="lake"), audience=6)
    open_fully(made)
    return Alert.objects.get(pk=made.pk)


def said(alert: Alert, *, at: datetime | None = None) -> progressing.Progress:
    return progressing.progress_of(Alert.objects.get(pk=alert.pk), at=at or timezone.now())


def count_as_sent(alert: Alert, number: int) -> None:
    """As though so many had left: the page reads the chunks' counters, whose sizes are moved along."""
    chunk = Chunk.objects.filter(alert=alert).order_by("pk").first()
    Chunk.objects.filter(pk=chunk.pk).update(sent_count=number, size_count=10_000)


def test_the_rate_is_what_was_seen_of_late_and_not_since_it_was_opened(alert):
    now = timezone.now()
    Alert.objects.filter(pk=alert.pk).update(opened_at=now - timedelta(hours=10), leaves_at=None)
    first = said(alert, at=now)
    assert (first.per_second, first.finish) == (0.0, None)  # nothing was seen yet, so nothing is promised
    count_as_sent(alert, 500)
    second = said(alert, at=now + 10 * SECOND)
    assert second.per_second == 50
    left = second.left
    assert abs((second.finish - now - 10 * SECOND).total_seconds() - left / 50) < 0.01


def test_a_pause_is_no_time_of_sending(alert, network):
    now = timezone.now()
    said(alert, at=now)
    count_as_sent(alert, 100)
    steering.pause(alert.pk, by=network.writer, at=now)
    assert said(alert, at=now + SECOND).finish is None
    steering.resume(alert.pk, by=network.approver, at=now)
    Alert.objects.filter(pk=alert.pk).update(
        state=Alert.State.SENDING, opened_at=now - timedelta(minutes=5), leaves_at=None
    )
    assert said(alert, at=now + 9 * SECOND).per_second == 0
    count_as_sent(alert, 200)
    assert said(alert, at=now + 11 * SECOND).per_second == 50


def test_with_the_cache_away_no_finish_is_told(alert, monkeypatch):
    Alert.objects.filter(pk=alert.pk).update(opened_at=timezone.now() - timedelta(minutes=5), leaves_at=None)
    count_as_sent(alert, 100)
    monkeypatch.setattr(cache, "away_until", float("inf"), raising=False)
    assert said(alert).finish is None


def test_no_finish_is_told_that_lies_after_the_last_day(alert):
    now = timezone.now()
    Alert.objects.filter(pk=alert.pk).update(expires_at=now + timedelta(minutes=1))
    said(alert, at=now)
    count_as_sent(alert, 10)
    found = said(alert, at=now + 10 * SECOND)
    assert found.finish is None and found.outlasts
    count_as_sent(alert, 9_000)
    found = said(alert, at=now + 15 * SECOND)
    assert found.finish is not None and not found.outlasts


def test_what_will_be_dropped_is_not_among_what_should_be_through(alert):
    """Those whose readers' hours begin after the last day wait for nothing."""
    now = timezone.now()
    Alert.objects.filter(pk=alert.pk).update(expires_at=now + timedelta(hours=1), from_hour=9, to_hour=10)
    Chunk.objects.filter(alert=alert).update(not_before=now + timedelta(hours=2))
    said(alert, at=now)
    found = said(alert, at=now + 10 * SECOND)
    assert (found.too_late, found.left, found.finish) == (6, 6, None)


@pytest.fixture
def refused(alert, mailbox):
    """Every mailbox refused it for now."""
    mailbox.replies = lambda recipient: "451 later"
    send_all()
    assert said(alert).put_off == 6
    return alert


def test_a_try_after_the_last_day_is_not_promised(refused):
    Alert.objects.filter(pk=refused.pk).update(expires_at=timezone.now() + 20 * SECOND)  # the next try is in a minute
    found = said(refused)
    assert (found.put_off, found.next_try, found.given_up) == (0, None, 6)


def test_a_try_keeps_to_its_readers_hours_and_the_page_knows(refused):
    zone = ZoneInfo("Europe/Paris")
    hour = datetime.now(zone).hour
    begins = (hour + 3) % 23
    Alert.objects.filter(pk=refused.pk).update(from_hour=begins, to_hour=begins + 1)
    Chunk.objects.filter(alert=refused).update(zone="Europe/Paris")
    found = said(refused)
    assert found.put_off == 6 and found.next_try.astimezone(zone).hour == begins
    Alert.objects.filter(pk=refused.pk).update(expires_at=timezone.now() + timedelta(hours=1))
    found = said(refused)
    assert (found.put_off, found.given_up) == (0, 6)


def test_a_paused_alert_names_no_moment_at_which_it_tries_again(refused, network, mailbox, deliver_all):
    steering.pause(refused.pk, by=network.writer, at=timezone.now())
    found = said(refused)
    assert (found.put_off, found.next_try) == (6, None)
    mailbox.replies = lambda recipient: None
    client = enter_workspace(network.approver, deliver_all)
    page = client.get(f"/organise/alerts/{refused.pk}/").content.decode()
    assert "they are tried again when the alert goes on" in page


def test_what_is_sent_once_more_was_not_refused_for_now_and_goes_at_once(alert, network, mailbox):
    mailbox.replies = lambda recipient: "554 policy"
    send_all()
    opening.finish(at=timezone.now())
    assert steering.may_resend(Alert.objects.get(pk=alert.pk), at=timezone.now())
    suppressing.suppress("", Suppression.Reason.MANUAL, domain="people.example", source="steward", at=timezone.now())
    assert not steering.may_resend(Alert.objects.get(pk=alert.pk), at=timezone.now())
    suppressing.release(Suppression.objects.values_list("pk", flat=True), by=network.approver, at=timezone.now())
    Alert.objects.filter(pk=alert.pk).update(expires_at=timezone.now() - SECOND)
    assert steering.resend_failed(alert.pk, by=network.approver, at=timezone.now()) == 0  # never late
    assert not steering.may_resend(Alert.objects.get(pk=alert.pk), at=timezone.now())
    Alert.objects.filter(pk=alert.pk).update(expires_at=None)
    assert steering.resend_failed(alert.pk, by=network.approver, at=timezone.now()) == 6
    assert said(alert).finish is None  # what was sent before says nothing of how fast this goes
    found = said(alert)
    assert (found.put_off, found.given_up, found.left) == (0, 0, 6)
    mailbox.replies = lambda recipient: None
    dispatching.dispatch()
    assert said(alert).sent == 6


def test_nothing_is_offered_where_nobody_is_left_to_reach(alert, network, mailbox, deliver_all):
    mailbox.replies = lambda recipient: "550 5.1.1 no such user"
    send_all()
    opening.finish(at=timezone.now())
    assert not steering.may_resend(Alert.objects.get(pk=alert.pk), at=timezone.now())
    mailbox.replies = lambda recipient: None
    client = enter_workspace(network.approver, deliver_all)
    page = client.get(f"/organise/alerts/{alert.pk}/").content.decode()
    assert "Send once more to those it did not reach" not in page
    released = Suppression.objects.in_force().values_list("pk", flat=True)[:1]
    suppressing.release(list(released), by=network.approver, at=timezone.now())
    assert "Send once more to those it did not reach" in client.get(f"/organise/alerts/{alert.pk}/").content.decode()


@pytest.mark.once
def test_why_the_weeks_most_was_passed_over_stays_to_be_read(alert, network, deliver_all):
    Alert.objects.filter(pk=alert.pk).update(over_cap="The hearing is tomorrow.")
    client = enter_workspace(network.approver, deliver_all)
    assert "The hearing is tomorrow." in client.get(f"/organise/alerts/{alert.pk}/").content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        "gone@people.example.",
        "<GONE@people.example>",
        " gone@people.example ",
        "gone@people.example\x00",
        "people.example.",
        "mailto:gone@people.example",
        '"Gone Away" <gone@people.example>,',
        "<gone@people.example>.",
    ],
)
def test_an_address_is_found_however_it_was_copied(network, deliver_all, typed):
    suppressing.suppress("gone@people.example", Suppression.Reason.HARD_BOUNCE, source="smtp-550", at=timezone.now())
    suppressing.suppress("", Suppression.Reason.MANUAL, domain="people.example", source="steward", at=timezone.now())
    steward = network.approver
    Membership.objects.create(
        organisation=network.host, person=steward, role=Membership.Role.STEWARD, created_at=timezone.now()
    )
    client = enter_workspace(steward, deliver_all)
    answer = client.get("/organise/suppressions/", {"q": typed})
    assert answer.status_code == 200 and "Nothing is on record" not in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_one_alert_that_cannot_be_opened_just_now_keeps_no_other_from_it(network, monkeypatch):
    campaign = make_campaign(network, slug="lake")
    first = make_alert(network, campaign, audience=2, severity="urgent")
    second = make_alert(network, campaign, severity="urgent")
    for one in (first, second):
        opening.open_alert(one.pk, by=network.approver, at=timezone.now() - timedelta(minutes=5))
    real = opening.open_slab

    def open_slab(alert_id, *, at):
        if alert_id == first.pk:
            raise OperationalError("could not serialize access due to concurrent update")
        return real(alert_id, at=at)

    monkeypatch.setattr(opening, "open_slab", open_slab)
    tasks.open_alerts()
    assert Delivery.objects.of(second).count() == 2 and not Delivery.objects.of(first).exists()


@pytest.mark.once
def test_a_preview_stands_for_who_has_no_name_and_who_is_in_danger_in_both_languages(alert, network, deliver_all):
    client = enter_workspace(network.approver, deliver_all)
    nameless = client.get(f"/organise/alerts/{alert.pk}/preview/nameless/").content.decode()
    assert "<bdi>—</bdi>" in nameless and "Golnar Sabzrud" in nameless
    persian = client.get(f"/organise/alerts/{alert.pk}/preview/at-risk-persian/").content.decode()
    assert 'dir="rtl"' in persian and "گلنار" not in persian


@pytest.mark.django_db(transaction=True)
def test_a_stand_down_goes_before_the_rest_of_a_chunk_that_is_under_way(network, mailbox, settings, monkeypatch):
    settings.OPENING_LOOK_SECONDS = 0.0
    settings.SMTP_CONNECTIONS = 1
    settings.MARK_SECONDS = 0.0
    bulk = make_alert(network, make_campaign(network, slug="lake"), audience=30)
    open_fully(bulk)
    down = make_alert(network, make_campaign(network, slug="hill"), severity="stand_down", approved=False)
    joining.join(make_person("told-to-stop@people.example"), down.campaign, through="test", at=timezone.now())
    told, answered = supplying.Supply.tell, []

    def tell(self, message, outcome) -> None:
        told(self, message, outcome)
        answered.append(message.recipient)
        if len(answered) == 5:
            open_fully(approved(network, down))

    monkeypatch.setattr(supplying.Supply, "tell", tell)
    dispatching.dispatch()
    order = [recipient for recipient, _raw in mailbox.received]
    assert order.index("told-to-stop@people.example") < 12 and len(order) == 31


@pytest.mark.django_db(transaction=True)
def test_a_stand_down_that_waits_to_be_opened_ends_the_run_of_a_worker_in_the_midst_of_a_chunk(
    network, mailbox, settings, monkeypatch
):
    """Only a worker that is free opens it: with all of them in long chunks it would wait for one to go stale."""
    settings.OPENING_LOOK_SECONDS = 0.0
    settings.SMTP_CONNECTIONS = 1
    bulk = make_alert(network, make_campaign(network, slug="lake"), audience=30)
    open_fully(bulk)
    down = make_alert(network, make_campaign(network, slug="hill"), severity="stand_down")
    told, answered = supplying.Supply.tell, []

    def tell(self, message, outcome) -> None:
        told(self, message, outcome)
        answered.append(message.recipient)
        if len(answered) == 5:
            opening.open_alert(down.pk, by=network.approver, at=timezone.now())

    monkeypatch.setattr(supplying.Supply, "tell", tell)
    assert dispatching.dispatch()  # there is more
    assert 5 <= len(mailbox.received) <= 7
    assert not Chunk.objects.exclude(leased_until=None).exists()
    monkeypatch.undo()
    tasks.open_alerts()
    send_all()
    assert len(mailbox.received) == 30 == said(bulk).sent
