"""Approval: who approved exactly what. The digest covers every word; one changed letter voids it.

Nobody's own change is approved by themselves alone: a part stands once somebody who has not written in it since it was last
approved says yes to it, or two who both have (ADR 25).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.db import models

from network.models.person import Person

PEOPLE_NEEDED = 2


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256, 64 hex characters, of the canonical form: JSON, keys sorted, no spaces, dates in ISO."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True)
class Part:
    """One separately approved part of something: its name, its digest now, who wrote it last, and in which row."""

    name: str
    digest: str
    written_by_id: int | None
    row: tuple[str, int] | None = None  # as Edit keeps it; None where nobody writes: it is judged, or checked

    @classmethod
    def written_in(cls, row: Any, name: str, content: Mapping[str, Any]) -> Self:
        """A part that is written in a row of a model with a `written_by`. content: all that is approved."""
        return cls(name, digest_of(content), row.written_by_id, (row._meta.label_lower, row.pk))


@dataclass(frozen=True)
class Standing:
    """How a part stands: who wrote in it since it was last approved, and the approvals of exactly what it says now."""

    part: Part
    editors: frozenset[int | None]  # None: somebody since erased
    given: tuple[Approval, ...]

    @property
    def is_approved(self) -> bool:
        return _is_enough(self.part, self.given)

    def others_wrote(self, person_id: int) -> bool:
        """Somebody else wrote in it, and can say yes to this person's changes."""
        return bool(self.editors - {None, person_id})

    def waits_for(self, person_id: int) -> bool:
        """Whether this person's yes would bring it further."""
        if self.is_approved or any(row.by_id == person_id for row in self.given):
            return False
        return person_id not in self.editors or self.others_wrote(person_id)


def _is_enough(part: Part, given: Collection[Approval]) -> bool:
    """Of the approvals of one digest, each of another person: whether every change was read by somebody else."""
    wrote = [row.wrote_in_it or (row.by_id is not None and row.by_id == part.written_by_id) for row in given]
    return not all(wrote) or len(wrote) >= PEOPLE_NEEDED


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def of(self, subject: str, subject_id: int) -> ApprovalQuerySet:
        return self.filter(subject=subject, subject_id=subject_id)

    def missing(self, subject: str, subject_id: int, parts: list[Part]) -> list[str]:
        """Names of the parts that are not approved as they stand."""
        return self.missing_of_each(subject, {subject_id: parts})[subject_id]

    def missing_of_each(self, subject: str, parts: Mapping[int, list[Part]]) -> dict[int, list[str]]:
        """{subject id: as `missing`}, in one query. parts: {subject id: its parts}."""
        given: dict[tuple[int, str, str], list[Approval]] = defaultdict(list)
        for row in self.filter(subject=subject, subject_id__in=parts):
            given[row.subject_id, row.part, row.digest].append(row)
        return {
            subject_id: [part.name for part in these if not _is_enough(part, given[subject_id, part.name, part.digest])]
            for subject_id, these in parts.items()
        }

    def standings(self, subject: str, subject_id: int, parts: Iterable[Part]) -> dict[str, Standing]:
        """{name of the part: how it stands}, in two queries."""
        rows, parts = list(self.of(subject, subject_id).select_related("by").order_by("pk")), list(parts)
        edits = Edit.objects.of(part.row for part in parts)
        return {part.name: _standing(part, [row for row in rows if row.part == part.name], edits) for part in parts}

    def was_enough(self, subject: str, subject_id: int, part: str) -> bool:
        """Whether a part of this name ever stood approved, whatever it says now."""
        rows = self.of(subject, subject_id).filter(part=part)
        halves = Counter(row.digest for row in rows if row.wrote_in_it)
        return len(rows) > halves.total() or any(number >= PEOPLE_NEEDED for number in halves.values())

    def given_since(self, subject: str, subject_id: int, moment: datetime) -> bool:
        """Whether anybody approved a part of it after a moment."""
        return self.of(subject, subject_id).filter(given_at__gte=moment).exists()


def _standing(part: Part, rows: list[Approval], edits: Mapping[tuple[str, int], list[Edit]]) -> Standing:
    """rows: every approval there ever was of this part, the first first."""
    approved_to, halves = 0, Counter[str]()
    for row in rows:
        halves[row.digest] += row.wrote_in_it
        if not row.wrote_in_it or halves[row.digest] >= PEOPLE_NEEDED:
            approved_to = max(approved_to, row.edits_read)
    since = edits.get(part.row, []) if part.row else []
    return Standing(
        part=part,
        editors=frozenset({part.written_by_id, *(edit.by_id for edit in since if edit.pk > approved_to)}),
        given=tuple(row for row in rows if row.digest == part.digest),
    )


class Approval(models.Model):
    subject = models.CharField(max_length=32)  # "campaign", "alert"
    subject_id = models.BigIntegerField()
    part = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")  # null: since erased
    given_at = models.DateTimeField()
    wrote_in_it = models.BooleanField(default=False)  # since it was approved before: one more is needed
    edits_read = models.BigIntegerField(default=0)  # id of the last Edit of the part that there was

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["subject", "subject_id"])]


class EditQuerySet(models.QuerySet["Edit"]):
    def of(self, rows: Iterable[tuple[str, int] | None]) -> dict[tuple[str, int], list[Edit]]:
        """{row: its edits, the first first}. rows: as Part.row names them."""
        wanted = {row for row in rows if row}
        found: dict[tuple[str, int], list[Edit]] = defaultdict(list)
        labels, ids = {label for label, _ in wanted}, {pk for _, pk in wanted}
        for edit in self.filter(table__in=labels, row_id__in=ids).order_by("pk"):
            found[edit.table, edit.row_id].append(edit)
        return found

    def last_of(self, row: tuple[str, int] | None) -> int:
        """The id of the last there is; 0 where there is none."""
        return max((edit.pk for edit in self.of([row]).get(row, [])), default=0) if row else 0


class Edit(models.Model):
    """Somebody wrote in a row that is approved part by part. Kept while the part may be approved anew."""

    table = models.CharField(max_length=48)  # "campaigns.campaigntext"
    row_id = models.BigIntegerField()
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")  # null: since erased
    at = models.DateTimeField()

    objects = EditQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["table", "row_id"])]
