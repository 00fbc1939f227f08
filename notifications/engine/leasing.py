"""Leasing: one worker at a time holds a chunk, for a bounded time, by the database's clock."""

from __future__ import annotations

import os
import socket
import threading
import time
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from network.models.dialect import claimable
from notifications.models import Alert, Chunk
from notifications.refusals import LeaseLost


@dataclass
class Lease:
    """A held chunk. `token` fences: a later lease has a higher one, and what an earlier one says no longer counts."""

    chunk: Chunk
    token: int
    extended_at: float  # time.monotonic() before the statement that granted it, so never later than the grant
    epoch: int | None = None  # of the case, when the chunk's alert was compiled

    def is_running_out(self) -> bool:
        """Whether so little is left that a worker must stop, whatever it was doing."""
        used = time.monotonic() - self.extended_at
        return used > settings.LEASE_SECONDS - settings.LEASE_MARGIN_SECONDS


def lease(*, only_notices: bool = False) -> Lease | None:
    """The most pressing chunk that is due and free, or None. Notices go before alerts, stand-downs before the rest."""
    asked_at = time.monotonic()
    with transaction.atomic():
        waiting = Chunk.objects.open().due().unleased().sendable().most_pressing_first()
        if only_notices:
            waiting = waiting.of_notices()
        chunk = claimable(waiting.select_related("alert")).first()
        if chunk is None:
            return None
        Chunk.objects.filter(pk=chunk.pk).update(
            leased_until=Now() + timedelta(seconds=settings.LEASE_SECONDS),
            leased_by=_worker(),
            token=F("token") + 1,
        )
        chunk.token += 1
    return Lease(chunk=chunk, token=chunk.token, extended_at=asked_at)


def extend(held: Lease) -> bool:
    """Heartbeat: hold the chunk longer, if it is still ours and its alert may still be sent.

    False means: stop now, settle what was answered, give the chunk back (the alert was paused or cancelled).
    Raises LeaseLost when another worker has it.
    """
    asked_at = time.monotonic()
    ours = Chunk.objects.filter(pk=held.chunk.pk, token=held.token)
    may_send = Q(alert=None) | Q(alert__state__in=Alert.SENDING)
    if ours.filter(may_send).update(leased_until=Now() + timedelta(seconds=settings.LEASE_SECONDS)):
        held.extended_at = asked_at
        return True
    if not ours.exists():
        raise LeaseLost
    return False


def _worker() -> str:
    """host:process:thread, for an operator who asks who holds a chunk."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{threading.get_ident() % 100_000}"
