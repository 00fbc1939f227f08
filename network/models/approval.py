"""Approval: who approved exactly what. The digest covers every word; one changed letter voids it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from network.models.person import Person


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256, 64 hex characters, of the canonical form: JSON, keys sorted, no spaces, dates in ISO."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True)
class Part:
    """One separately approved part of something: its name, its digest now, and who wrote it last."""

    name: str
    digest: str
    written_by_id: int | None


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def of(self, subject: str, subject_id: int) -> ApprovalQuerySet:
        return self.filter(subject=subject, subject_id=subject_id)

    def missing(self, subject: str, subject_id: int, parts: list[Part]) -> list[str]:
        """Names of the parts that no second person has approved as they stand."""
        return self.missing_of_each(subject, {subject_id: parts})[subject_id]

    def missing_of_each(self, subject: str, parts: Mapping[int, list[Part]]) -> dict[int, list[str]]:
        """{subject id: as `missing`}, in one query. parts: {subject id: its parts}."""
        given = {
            (row.subject_id, row.part, row.digest, row.by_id)
            for row in self.filter(subject=subject, subject_id__in=parts)
        }
        approvers: dict[tuple[int, str, str], set[int | None]] = {}
        for subject_id, name, digest, by_id in given:
            approvers.setdefault((subject_id, name, digest), set()).add(by_id)
        return {
            subject_id: [
                part.name
                for part in these
                if not approvers.get((subject_id, part.name, part.digest), set()) - {part.written_by_id}
            ]
            for subject_id, these in parts.items()
        }

    def given_since(self, subject: str, subject_id: int, moment: datetime) -> bool:
        """Whether anybody approved a part of it after a moment."""
        return self.of(subject, subject_id).filter(given_at__gte=moment).exists()


class Approval(models.Model):
    subject = models.CharField(max_length=32)  # "campaign", "alert"
    subject_id = models.BigIntegerField()
    part = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")  # null: since erased
    given_at = models.DateTimeField()

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["subject", "subject_id"])]
