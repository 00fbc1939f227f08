"""Doorbells. `ring` wakes a worker; the tasks here number and relay the log, and tidy up."""

from __future__ import annotations

import logging
import threading
import time
from datetime import timedelta
from typing import Any

from celery import current_app, shared_task, signals
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import close_old_connections
from django.utils import timezone
from kombu import Connection
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from network.flows import applying, endorsing, inviting, keeping, relaying, sealing
from network.models import PublicationChange

logger = logging.getLogger(__name__)

QUIET_SECONDS = 0.02  # the same bell rung again within this is one ring; its next tick catches the rest
QUIET_OF = {"network.relay": 0.1}  # which ticks each second, and is rung by every fact
AWAY_SECONDS = 5.0

_doors = threading.local()
_rung: dict[str, float] = {}
_away_until = 0.0


def ring(task: str, *, queue: str) -> bool:
    """Wake a worker for `task`; returns whether the bell was rung.

    Never raises and gives up after RING_SECONDS: the rows are the truth, and the timetable finds them without a bell. Where
    MOST_WAITING bells wait already, one more says nothing new. A bell never grows old: clocks of several computers differ.
    """
    global _away_until
    now = time.monotonic()
    if now < _away_until or now - _rung.get(task, 0.0) < QUIET_OF.get(task, QUIET_SECONDS):
        return False
    _rung[task] = now
    try:
        producer = _producer()
        if producer.channel.client.llen(queue) >= settings.MOST_WAITING:
            return False
        current_app.send_task(task, queue=queue, retry=False, producer=producer, ignore_result=True)
    except (KombuError, RedisError, OSError) as error:
        _away_until = time.monotonic() + AWAY_SECONDS
        _doors.__dict__.clear()
        logger.warning("the broker is away (%s); the timetable will catch up", type(error).__name__)
        return False
    return True


def _producer() -> Any:
    """This thread's producer, on a connection that waits no longer than RING_SECONDS for anything."""
    if not hasattr(_doors, "producer"):
        connection = Connection(
            settings.CELERY_BROKER_URL,
            transport_options={
                **current_app.conf.broker_transport_options,
                "socket_connect_timeout": settings.RING_SECONDS,
                "socket_timeout": settings.RING_SECONDS,
                "max_retries": 0,
            },
        )
        _doors.connection = connection
        _doors.producer = current_app.amqp.Producer(connection, auto_declare=False)
    return _doors.producer


@signals.worker_init.connect
def refuse_a_trial_database(**kwargs: Any) -> None:
    """A worker does not start on unsafe settings, nor in production on a database that a trial marked."""
    try:
        call_command("check", databases=["default"])
    except SystemCheckError as error:
        raise SystemExit(str(error)) from None  # Celery swallows every other exception of a signal's receiver


@signals.task_prerun.connect
@signals.task_postrun.connect
def drop_dead_connections(**kwargs: Any) -> None:
    """After a database restart the kept connection is dead; without this every task on this thread would fail."""
    close_old_connections()


@shared_task(name="network.relay")
def relay() -> None:
    relaying.relay()


@shared_task(name="network.expire_endorsements")
def expire_endorsements() -> None:
    endorsing.expire(at=timezone.now())


@shared_task(name="network.forget_contacts")
def forget_contacts() -> None:
    """Addresses of applications and invitations that nobody needs any more."""
    applying.forget(at=timezone.now())
    inviting.expire(at=timezone.now())
    keeping.forget_old(at=timezone.now())


@shared_task(name="network.write_audit_head")
def write_audit_head() -> None:
    sealing.write_head(at=timezone.now())


@shared_task(name="network.forget_publication_changes")
def forget_publication_changes() -> None:
    """What no kept page can still have been made from."""
    PublicationChange.objects.before(timezone.now() - timedelta(days=1)).delete()


@shared_task(name="network.clear_sessions")
def clear_sessions() -> None:
    call_command("clearsessions")
