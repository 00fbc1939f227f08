"""Signals that wake the engine without the flows knowing it."""

from __future__ import annotations

from django.db import transaction
from django.dispatch import Signal

# Sent after the commit of a transaction that left notices to send.
notices_waiting = Signal()
# Sent after the commit of a transaction that left an alert to open or chunks to dispatch.
bulk_waiting = Signal()


def announce(signal: Signal) -> None:
    """Send it once the caller's transaction is committed; whatever hears it cannot undo that."""

    def send() -> None:
        signal.send(sender=None)

    transaction.on_commit(send, robust=True)
