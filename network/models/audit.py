"""AuditEntry: every event once, in order, each sealed with the hash of the one before."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import models

FIRST_SEAL = "0" * 64


class AuditEntry(models.Model):
    """Append-only. Names people by their handle, which an erasure makes meaningless."""

    position = models.BigIntegerField(primary_key=True)  # the event's position
    name = models.CharField(max_length=64)
    subject_id = models.CharField(max_length=36, blank=True)
    payload = models.JSONField(default=dict)
    actor_handle = models.UUIDField(null=True)
    happened_at = models.DateTimeField()
    seal = models.CharField(max_length=64)

    def content(self) -> dict[str, Any]:
        return {
            "position": self.position,
            "name": self.name,
            "subject": self.subject_id,
            "payload": self.payload,
            "actor": str(self.actor_handle) if self.actor_handle else None,
            "at": self.happened_at.isoformat(),
        }

    def sealed_after(self, previous_seal: str) -> str:
        """SHA-256 over the previous seal and this entry's content, 64 hex characters."""
        canonical = json.dumps(self.content(), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(f"{previous_seal}\n{canonical}".encode()).hexdigest()


class AuditHead(models.Model):
    """How far the chain had come on a day; the same line is written outside the database. Append-only."""

    day = models.DateField(primary_key=True)
    position = models.BigIntegerField()
    seal = models.CharField(max_length=64)
