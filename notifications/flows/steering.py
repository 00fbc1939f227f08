"""Steering an alert that is out: pause, resume, cancel, and once more to those it did not reach.

Pausing and cancelling act at the next heartbeat of whoever holds a chunk: within HEARTBEAT_SECONDS and one message.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Count, F, QuerySet
from django.db.models.functions import Now

from network.flows.recording import record
from network.models import Person
from notifications.events import AlertCancelled, AlertPaused, AlertResent, AlertResumed, AlertTakenBack
from notifications.flows import sweeping
from notifications.models import Alert, Chunk, Delivery, Suppression
from notifications.models.deliverable import Deliverable
from notifications.refusals import AlertIsOut
from notifications.signals import announce, bulk_waiting

State = Alert.State


@transaction.atomic
def pause(alert_id: int, *, by: Person | None, at: datetime) -> Alert:
    alert = Alert.objects.locked(alert_id)
    if alert.state in Alert.SENDING:
        _become(alert, State.PAUSED)
        record(AlertPaused(alert_id=alert.pk), by=by, at=at)
    return alert


@transaction.atomic
def take_back(alert_id: int, *, by: Person, at: datetime) -> Alert:
    """Before it has begun to leave: a draft again, its approvals as they were. Raises AlertIsOut when it is too late."""
    alert = Alert.objects.locked(alert_id)
    if alert.state == State.DRAFT:
        return alert
    if alert.state != State.OPENING or alert.leaves_at is None or alert.leaves_at <= at or alert.opened_through:
        raise AlertIsOut
    alert.opened_at = alert.leaves_at = None
    alert.state = State.DRAFT
    alert.save(update_fields=["state", "opened_at", "leaves_at"])
    record(AlertTakenBack(alert_id=alert.pk), by=by, at=at)
    return alert


@transaction.atomic
def let_go(alert_id: int, *, by: Person, at: datetime) -> Alert:
    """Not to be taken back any more: it leaves at once."""
    alert = Alert.objects.locked(alert_id)
    if alert.state == State.OPENING and alert.leaves_at is not None and alert.leaves_at > at:
        alert.leaves_at = at
        alert.save(update_fields=["leaves_at"])
        announce(bulk_waiting)
    return alert


@transaction.atomic
def resume(alert_id: int, *, by: Person, at: datetime) -> Alert:
    """Go on; opening first looks whether anybody is still without a delivery."""
    alert = Alert.objects.locked(alert_id)
    if alert.state in {State.PAUSED, State.HELD}:
        _become(alert, State.STANDING if alert.trigger else State.OPENING)
        record(AlertResumed(alert_id=alert.pk), by=by, at=at)
        announce(bulk_waiting)
    return alert


@transaction.atomic
def cancel(alert_id: int, *, by: Person, at: datetime) -> Alert:
    """For good: what is not sent is dropped. What is on the wire this second still arrives."""
    alert = Alert.objects.locked(alert_id)
    if alert.state in {*Alert.SENDING, State.PAUSED, State.HELD}:
        _become(alert, State.CANCELLED)
        sweeping.drop_cancelled(at=at)
        record(AlertCancelled(alert_id=alert.pk), by=by, at=at)
    return alert


def resend_failed(alert_id: int, *, by: Person, at: datetime) -> int:
    """Try once more whom it did not reach, except mailboxes that do not exist; returns how many."""
    return _again(alert_id, Deliverable.State.BOUNCED, "failed_count", by=by, at=at)


def resend_uncertain(alert_id: int, *, by: Person, at: datetime) -> int:
    """Send once more to those of whom nobody knows whether they got it; some will have it twice. Returns how many."""
    return _again(alert_id, Deliverable.State.UNCERTAIN, "uncertain_count", by=by, at=at)


@transaction.atomic
def _again(alert_id: int, ended: str, counter: str, *, by: Person, at: datetime) -> int:
    alert = Alert.objects.locked(alert_id)
    if alert.state not in {State.SENDING, State.STANDING, State.FINISHED} or alert.is_past(at):
        return 0
    rows = _to_send_again(alert, ended)
    homes = list(rows.order_by().values_list("chunk_id").annotate(n=Count("pk")).values_list("chunk_id", "n"))
    for home, number in homes:
        Chunk.objects.filter(pk=home).update(**{counter: F(counter) - number})
    again = rows.update(state=Deliverable.State.DEFERRED, reason="", not_before=Now(), attempts=0, settled_at=None)
    if again:
        sweeping.regroup(at=at)  # those that fit into one go; the sweep sees to the rest
        _become(alert, State.STANDING if alert.trigger else State.SENDING)
        record(AlertResent(alert_id=alert.pk), by=by, at=at)
        announce(bulk_waiting)
    return again


def may_resend(alert: Alert, *, at: datetime) -> bool:
    """Whether there is anybody whom it did not reach and might, before its last day is over."""
    return not alert.is_past(at) and _to_send_again(alert, Deliverable.State.BOUNCED).exists()


def _to_send_again(alert: Alert, ended: str) -> QuerySet[Delivery]:
    dead = Suppression.objects.in_force().values("address")
    rows = Delivery.objects.of(alert).filter(state=ended).exclude(chunk=None)
    for domain in Suppression.objects.domains():
        rows = rows.exclude(person__email__endswith=f"@{domain}")
    return rows.exclude(person=None).exclude(person__email__in=dead)


def _become(alert: Alert, state: str) -> None:
    alert.state = state
    alert.save(update_fields=["state"])
