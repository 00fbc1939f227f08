"""Doorbells of the engine. Each keeps at it for a bounded time, then rings again if more is waiting."""

from __future__ import annotations

import logging
import time
from datetime import datetime

from celery import shared_task
from django.conf import settings
from django.db import OperationalError, close_old_connections
from django.utils import timezone

from network.tasks import ring
from notifications.engine import dispatching, journalling, leasing, returning
from notifications.flows import noticing, opening, relaying, suppressing, sweeping
from notifications.models import Alert

logger = logging.getLogger(__name__)


@shared_task(name="notifications.dispatch_notices")
def dispatch_notices() -> None:
    if dispatching.dispatch(only_notices=True):
        ring("notifications.dispatch_notices", queue="prompt")


@shared_task(name="notifications.dispatch")
def dispatch() -> None:
    is_more_kept = dispatching.put_up()
    if dispatching.dispatch() or is_more_kept:
        ring("notifications.dispatch", queue="bulk")


@shared_task(name="notifications.open_alerts")
def open_alerts() -> None:
    """A first slab of each, so that none waits for another's last; then as many more as there is time for."""
    ends_at = time.monotonic() + settings.OPENING_SECONDS
    for alert in Alert.objects.opening().unopened().pressing_first():
        _open_slab(alert.pk)
    for alert in Alert.objects.opening().pressing_first():
        while time.monotonic() < ends_at and _open_slab(alert.pk):
            pass
    if Alert.objects.opening().exists():
        ring("notifications.open_alerts", queue="bulk")


def _open_slab(alert_id: int) -> int:
    """0 also where the alert was changed beneath, as by a pause: it is asked again a moment later, and no other waits."""
    try:
        return opening.open_slab(alert_id, at=timezone.now())
    except OperationalError as error:
        logger.warning("a slab of alert %s was not opened (%s); it is tried again", alert_id, type(error).__name__)
        close_old_connections()
        return 0


@shared_task(name="notifications.sweep")
def sweep() -> None:
    """Each of them, whatever becomes of the others: one row that is not as it should be must not keep everybody else waiting."""
    now = timezone.now()
    _recover()
    for part in (
        sweeping.drop_expired,
        sweeping.drop_cancelled,
        sweeping.put_off,
        _regroup,
        opening.finish,
        relaying.release,
    ):
        try:
            part(at=now)
        except Exception:
            logger.exception("a part of the sweep failed: %s", part.__name__)
            close_old_connections()


def _regroup(*, at: datetime) -> None:
    if sweeping.regroup(at=at):
        ring("notifications.dispatch_notices", queue="prompt")
        ring("notifications.dispatch", queue="bulk")


def _recover() -> None:
    """What dead workers had sent; where the journal cannot be read that waits, and the rest of the sweep does not."""
    try:
        leasing.recover()
        journalling.sweep(leasing.are_over)
    except OSError as error:
        logger.error("the journal cannot be read: %s", type(error).__name__)


@shared_task(name="notifications.read_returned")
def read_returned() -> None:
    if returning.read_returned(at=timezone.now()) >= settings.RETURNED_MAILS:
        ring("notifications.read_returned", queue="prompt")


@shared_task(name="notifications.forget_notices")
def forget_notices() -> None:
    noticing.forget(at=timezone.now())
    suppressing.forget(at=timezone.now())
