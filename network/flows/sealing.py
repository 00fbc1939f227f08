"""Sealing: the audit consumer's work. Every event becomes one entry, chained to the one before."""

from __future__ import annotations

from collections.abc import Sequence

from network.models import AuditEntry, OutboxEvent
from network.models.audit import FIRST_SEAL


def seal(events: Sequence[OutboxEvent]) -> None:
    """Append entries for these events, in order, inside the consumer's transaction."""
    last = AuditEntry.objects.order_by("-position").first()
    previous = last.seal if last else FIRST_SEAL
    entries = []
    for event in events:
        entry = AuditEntry(
            position=event.position or 0,  # always numbered: consumers read by position
            name=event.name,
            subject_id=event.subject_id,
            payload=event.payload,
            actor_handle=event.actor_handle,
            happened_at=event.happened_at,
        )
        entry.seal = previous = entry.sealed_after(previous)
        entries.append(entry)
    AuditEntry.objects.bulk_create(entries)


def first_broken() -> int | None:
    """The position of the first entry whose seal does not follow, or None when the chain holds."""
    previous = FIRST_SEAL
    for entry in AuditEntry.objects.order_by("position").iterator():
        if entry.seal != entry.sealed_after(previous):
            return entry.position
        previous = entry.seal
    return None
