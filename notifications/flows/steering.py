"""Steering an alert that is out: pause, resume, cancel, and once more to those it did not reach.

Pausing and cancelling act at the next heartbeat of whoever holds a chunk: within HEARTBEAT_SECONDS and one message.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Count, F

from network.flows.recording import record
from network.models import Person
from notifications.events import AlertCancelled, AlertPaused, AlertResent, AlertResumed
from notifications.flows import sweeping
from notifications.models import Alert, Chunk, Delivery, Suppression
from notifications.models.deliverable import Deliverable
from notifications.signals import bulk_waiting

State = Alert.State


@transaction.atomic
def pause(alert_id: int, *, by: Person, at: datetime) -> Alert:
    alert = Alert.objects.locked(alert_id)
    if alert.state in Alert.SENDING:
        _become(alert, State.PAUSED)
        record(AlertPaused(alert_id=alert.pk), by=by, at=at)
    return alert


@transaction.atomic
def resume(alert_id: int, *, by: Person, at: datetime) -> Alert:
    """Go on; opening first looks whether anybody is still without a delivery."""
    alert = Alert.objects.locked(alert_id)
    if alert.state in {State.PAUSED, State.HELD}:
        _become(alert, State.OPENING)
        record(AlertResumed(alert_id=alert.pk), by=by, at=at)
        transaction.on_commit(_announce, robust=True)
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


@transaction.atomic
def resend_failed(alert_id: int, *, by: Person, at: datetime) -> int:
    """Try once more whom it did not reach, except mailboxes that do not exist; returns how many."""
    alert = Alert.objects.locked(alert_id)
    if alert.state not in {State.SENDING, State.FINISHED}:
        return 0
    dead = Suppression.objects.in_force().values("address")
    failed = Delivery.objects.of(alert).filter(state=Deliverable.State.BOUNCED).exclude(chunk=None)
    failed = failed.exclude(person=None).exclude(person__email__in=dead)
    homes = list(failed.order_by().values_list("chunk_id").annotate(n=Count("pk")).values_list("chunk_id", "n"))
    for home, number in homes:
        Chunk.objects.filter(pk=home).update(failed_count=F("failed_count") - number)
    again = failed.update(state=Deliverable.State.DEFERRED, not_before=at, attempts=0, settled_at=None)
    if again:
        _become(alert, State.SENDING)
        record(AlertResent(alert_id=alert.pk), by=by, at=at)
        transaction.on_commit(_announce, robust=True)
    return again


def _become(alert: Alert, state: str) -> None:
    alert.state = state
    alert.save(update_fields=["state"])


def _announce() -> None:
    bulk_waiting.send(sender=Alert)
