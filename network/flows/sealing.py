"""Sealing: the audit consumer's work. Every event becomes one entry, chained to the one before; once a day how far the
chain has come is written beside the ledger, outside the database, so that not even its owner rewrites it unseen."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings

from network.models import AuditEntry, AuditHead, OutboxEvent
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


def heads() -> Path:
    return Path(settings.LEDGER_DIR) / "audit-heads.jsonl"


def write_head(*, at: datetime) -> AuditHead | None:
    """Note the day's head, once a day: {"day", "position", "seal"} on a line of its own, fsynced, then the row."""
    last = AuditEntry.objects.order_by("-position").first()
    if last is None or AuditHead.objects.filter(day=at.date()).exists():
        return None
    head = AuditHead(day=at.date(), position=last.position, seal=last.seal)
    line = json.dumps({"day": head.day.isoformat(), "position": head.position, "seal": head.seal})
    path = heads()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
        file.flush()
        os.fsync(file.fileno())
    head.save(force_insert=True)
    return head


def first_head_denied() -> str | None:
    """The day of the first head outside the database that the chain inside does not bear out; None when all hold.

    Heads of an earlier life of the log (a restore threw entries away) are told of too: the operator knows of the restore.
    """
    try:
        lines = heads().read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    for line in lines:
        head = json.loads(line)
        if not AuditEntry.objects.filter(position=head["position"], seal=head["seal"]).exists():
            return str(head["day"])
    return None
