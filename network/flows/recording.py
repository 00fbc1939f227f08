"""Recording: a fact enters the outbox in the transaction that made it true."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from network.events import DomainEvent
from network.models import OutboxEvent, Person
from network.signals import event_committed


def record(event: DomainEvent, *, by: Person | None, at: datetime) -> OutboxEvent:
    """Store an event without a position; the sequencer numbers it after the commit.

    Call it after the subject's lock, so that one subject's events are numbered in the order they happened.
    Errors: ValueError outside a transaction, because a fact without its cause could survive a crash.
    """
    if not connection.in_atomic_block:
        raise ValueError("record() belongs inside the flow's transaction")
    row = OutboxEvent.objects.create(
        name=type(event).__name__,
        subject_id=event.subject_id,
        payload=event.payload(),
        audience=event.audience,
        actor_handle=by.audit_handle if by else None,
        happened_at=at,
    )
    transaction.on_commit(_announce, robust=True)
    return row


def _announce() -> None:
    event_committed.send(sender=OutboxEvent)
