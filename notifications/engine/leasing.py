"""Leasing: one worker at a time holds a chunk, for a bounded time, by the database's clock."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import DurationField, Q
from django.db.models.functions import Now

from network.models import ContactConsent
from network.models.dialect import claimable
from network.models.prepared import Slot, reading, writing
from notifications.engine import journalling, settling
from notifications.engine.lease import Lease
from notifications.models import Alert, Chunk
from notifications.models.chunk import ChunkQuerySet
from notifications.refusals import LeaseLost

EMAIL = ContactConsent.Channel.EMAIL
logger = logging.getLogger(__name__)


class JournalUnreadable(Exception):
    """What a dead worker had sent of a chunk cannot be read: nobody may take it until it can."""

    def __init__(self, chunk_id: int) -> None:
        super().__init__(chunk_id)
        self.chunk_id = chunk_id


def lease(
    *,
    channel: str = EMAIL,
    only_notices: bool = False,
    without: Collection[int] = (),
    resting: Collection[str] = (),
) -> Lease | None:
    """The most pressing chunk of a channel that is due and free, or None. Notices go before alerts, stand-downs before the rest.

    One whose lease ran out was held by a worker that died or was cut off: what the journal says was accepted is marked first.
    without: ids of chunks to pass over, such as those this worker holds already; resting: buckets of which nothing may leave
    just now. A chunk whose journal cannot be read is
    passed over as well, so that it holds up none of the others.
    """
    passed = set(without)
    while True:
        try:
            return _lease(channel, only_notices=only_notices, without=passed, resting=resting)
        except JournalUnreadable as one:
            logger.error("the journal of chunk %s cannot be read: it waits", one.chunk_id)
            passed.add(one.chunk_id)


def is_overtaken(chunk: Chunk, *, resting: Collection[str]) -> bool:
    """Whether something of its channel that presses more waits, and would be leased."""
    ranks = {"kind_rank": chunk.kind_rank, "severity_rank": chunk.severity_rank}
    return bool(_MORE_PRESSING.rows(channel=chunk.channel, resting=list(resting), **ranks))


LENGTH = Slot("length", DurationField())  # of a lease


def _waiting() -> ChunkQuerySet:
    due = Chunk.objects.open().filter(channel=Slot("channel")).due().free_for(Slot("domain"), LENGTH).sendable()
    return due.exclude(pk__among=Slot("without")).outside(Slot("resting")).most_pressing_first()


_NEXT = reading(lambda: claimable(_waiting())[:1])
_NEXT_NOTICES = reading(lambda: claimable(_waiting().of_notices())[:1])
_MORE_PRESSING = reading(
    lambda: (
        Chunk.objects.open()
        .filter(channel=Slot("channel"))
        .due()
        .unleased()
        .sendable()
        .outside(Slot("resting"))
        .before(Slot("kind_rank"), Slot("severity_rank"))
        .values_list("pk")[:1]
    )
)
_TAKE = writing(
    lambda: Chunk.objects.filter(pk=Slot("chunk")),
    leased_until=Now() + LENGTH,
    leased_by=Slot("worker"),
    journal_domain=Slot("domain"),
    token=Slot("token"),
)


# No join: PostgreSQL would look for the token in a query of its own, as it was before whoever holds the row is done with it.
_MAY_SEND = Q(alert=None) | Q(alert__in=Alert.objects.filter(state__in=Alert.SENDING))
_OURS = Chunk.objects.filter(pk=Slot("chunk"), token=Slot("token"), leased_until__isnull=False)
_EXTEND = writing(lambda: _OURS.within_hours().filter(_MAY_SEND), leased_until=Now() + LENGTH)


@transaction.atomic
def _lease(channel: str, *, only_notices: bool, without: Collection[int], resting: Collection[str]) -> Lease | None:
    asked_at, domain, length = time.monotonic(), journalling.domain(), _length()
    waiting = _NEXT_NOTICES if only_notices else _NEXT
    chunk = waiting.first_of(
        Chunk, channel=channel, domain=domain, length=length, without=list(without), resting=list(resting)
    )
    if chunk is None:
        return None
    if chunk.leased_until is not None:
        try:
            _recall(chunk)
        except OSError:
            raise JournalUnreadable(chunk.pk) from None
    # By the clock too, not only one higher: a journal must never take a lease of before a restore for one of today.
    chunk.token = max(chunk.token + 1, time.time_ns() // 1000)
    _TAKE.write(chunk=chunk.pk, length=length, worker=_worker(), domain=domain, token=chunk.token)
    return Lease(chunk=chunk, token=chunk.token, extended_at=asked_at)


@transaction.atomic
def recover() -> int:
    """Mark what workers that are no more had sent, and free their chunks; returns how many. An alert that was paused or
    cancelled meanwhile is nobody's to lease, and its rows must say truly what became of them all the same.

    A lease that ends later than any can was granted before the database's clock was set back: it is cut to one lease's length.
    Who holds it and lives extends it again within a heartbeat; what a dead worker held must not wait until the clock is there.
    """
    Chunk.objects.leased_for_longer_than(2 * _length()).update(leased_until=Now() + _length())
    lost = Chunk.objects.abandoned(journalling.domain(), _length())
    freed = 0
    for chunk in claimable(lost):
        _recall(chunk)
        Chunk.objects.filter(pk=chunk.pk).update(leased_until=None)
        freed += 1
    return freed


def _recall(chunk: Chunk) -> None:
    settling.settle(Lease(chunk, chunk.token, time.monotonic()), [], journalling.accepted(chunk.pk, chunk.token))
    settling.presume(chunk)


def are_over(leases: set[tuple[int, int]]) -> bool:
    """Whether each of these (chunk, token) was given back, or taken over since."""
    held = Chunk.objects.filter(pk__in=[chunk for chunk, _token in leases]).exclude(leased_until=None)
    return not leases & set(held.values_list("pk", "token"))


def extend(held: Lease) -> bool:
    """Heartbeat: hold the chunk longer, if it is still ours and its alert may still be sent.

    False means: stop now, settle what was answered, give the chunk back (the alert was paused or cancelled, or its hours are
    over). Raises LeaseLost when another worker has it.
    """
    asked_at = time.monotonic()
    if _EXTEND.write(chunk=held.chunk_id, token=held.token, length=_length()):
        held.extended_at = asked_at
        return True
    if not Chunk.objects.filter(pk=held.chunk_id, token=held.token).exists():
        raise LeaseLost
    return False


def _length() -> timedelta:
    return timedelta(seconds=settings.LEASE_SECONDS)


def _worker() -> str:
    """host:process:thread, for an operator who asks who holds a chunk."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{threading.get_ident() % 100_000}"
