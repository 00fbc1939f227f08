"""Recording: a fact enters the outbox in the transaction that made it true."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from network.events import Audience, DomainEvent
from network.models import Organisation, OutboxAudience, OutboxEvent, Person, PublicationChange
from network.signals import event_committed


def record(
    event: DomainEvent, *, by: Person | None, at: datetime, organisations: Iterable[Organisation] = ()
) -> OutboxEvent:
    """Store an event without a position; the sequencer numbers it after the commit.

    Call it after the subject's lock, so that one subject's events are numbered in the order they happened.
    organisations: who may be told, for an event whose audience is "named".
    Errors: ValueError outside a transaction, because a fact without its cause could survive a crash; and when
    organisations are given to an event that names none.
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
    if event.changes_what_is_published:
        PublicationChange.objects.create(made_at=at)
    if named := list(organisations):
        if event.audience != Audience.NAMED:
            raise ValueError(f"{type(event).__name__} has no named audience")
        OutboxAudience.objects.bulk_create(OutboxAudience(event=row, organisation=one) for one in named)
    transaction.on_commit(_announce, robust=True)
    return row


def _announce() -> None:
    event_committed.send(sender=OutboxEvent)
