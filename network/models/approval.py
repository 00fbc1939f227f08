"""Approval: who approved exactly what. The digest covers every word; one changed letter voids it.

Nobody's own change is approved by themselves alone: a part stands once somebody who has not written in it since it was last
approved says yes to it, or two who both have (ADR 25).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Max, Q

from network.models.membership import Membership
from network.models.organisation import Organisation
from network.models.part import Part
from network.models.person import Person

PEOPLE_NEEDED = 2


@dataclass(frozen=True)
class Standing:
    """How a part stands: who wrote in it since it was last approved, and the approvals of exactly what it says now."""

    part: Part
    editors: frozenset[int | None]  # None: somebody since erased
    may_approve: frozenset[int]  # people of the host who may today
    given: tuple[Approval, ...]

    @property
    def authors(self) -> frozenset[int | None]:
        """Who wrote what it says now, since it was approved before, also where they approved it together."""
        return self.editors | {row.by_id for row in self.given if row.wrote_in_it}

    @property
    def is_approved(self) -> bool:
        return _is_enough(self.part, self.given)

    def others_wrote(self, person_id: int) -> bool:
        """Somebody else wrote in it, and said yes to this person's changes or may yet."""
        said = any(row.wrote_in_it and row.by_id != person_id for row in self.given)
        return said or bool((self.editors & self.may_approve) - {person_id})

    def has_said(self, person_id: int) -> bool:
        """This person said yes to exactly this, as whoever they are to it today: one who wrote, or one who did not."""
        wrote = person_id in self.editors
        return any(row.by_id == person_id and row.wrote_in_it <= wrote for row in self.given)

    def waits_for(self, person_id: int) -> bool:
        """Whether this person's yes would bring it further."""
        if self.is_approved or self.has_said(person_id):
            return False
        return person_id not in self.editors or self.others_wrote(person_id)


def _is_enough(part: Part, given: Collection[Approval]) -> bool:
    """Of the approvals of one digest, each of another person: whether every change was read by somebody else."""
    wrote = [row.wrote_in_it or (row.by_id is not None and row.by_id == part.written_by_id) for row in given]
    return not all(wrote) or len({row.by_id or -row.pk for row in given}) >= PEOPLE_NEEDED


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
        """{name of the part: how it stands}, in four queries."""
        rows, parts = list(self.of(subject, subject_id).select_related("by").order_by("pk")), list(parts)
        edits = Edit.objects.of(part.row for part in parts)
        ids = {edit.pk for each in edits.values() for edit in each}
        read = list(self.model.objects.filter(edits_read__in=ids).order_by("pk")) if ids else []
        approvers = Membership.objects.filter(organisation__kind=Organisation.Kind.HOST, role=Membership.Role.APPROVER)
        may_approve = frozenset(approvers.values_list("person", flat=True))
        return {
            part.name: Standing(
                part=part,
                editors=_editors(part, edits.get(part.row, []) if part.row else [], read),
                may_approve=may_approve,
                given=tuple(row for row in rows if (row.part, row.digest) == (part.name, part.digest)),
            )
            for part in parts
        }

    def given_since(self, subject: str, subject_id: int, moment: datetime) -> bool:
        """Whether anybody approved a part of it after a moment."""
        return self.of(subject, subject_id).filter(given_at__gte=moment).exists()


def _editors(part: Part, edits: Collection[Edit], read: Iterable[Approval]) -> frozenset[int | None]:
    """Who wrote in its row since it was approved. read: approvals that say up to which edit they read, the first first; also of
    another part that stands in the same row: the facts of a case are read for each campaign. What stands out in words is read
    apart from them."""
    its, about = {edit.pk for edit in edits}, part.name.startswith("conduct:")
    approved_to, halves = 0, Counter[tuple[str, int, str, str]]()
    for row in read:
        if row.edits_read not in its or row.part.startswith("conduct:") is not about:
            continue
        thing = (row.subject, row.subject_id, row.part, row.digest)
        halves[thing] += row.wrote_in_it
        if not row.wrote_in_it or halves[thing] >= PEOPLE_NEEDED:
            approved_to = max(approved_to, row.edits_read)
    return frozenset({part.written_by_id, *(edit.by_id for edit in edits if edit.pk > approved_to)})


class Approval(models.Model):
    subject = models.CharField(max_length=32)  # "campaign", "alert"
    subject_id = models.BigIntegerField()
    part = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")  # null: since erased
    given_at = models.DateTimeField()
    wrote_in_it = models.BooleanField(default=False)  # since it was approved before: one more is needed
    edits_read = models.BigIntegerField(default=0, db_index=True)  # id of the last Edit of its row that there was

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["subject", "subject_id"])]


class EditQuerySet(models.QuerySet["Edit"]):
    def of(self, rows: Iterable[tuple[str, int] | None]) -> dict[tuple[str, int], list[Edit]]:
        """{row: its edits, the first first}. rows: as Part.row names them."""
        its = Q(pk=None)
        for table, row_id in {row for row in rows if row}:
            its |= Q(table=table, row_id=row_id)
        found: dict[tuple[str, int], list[Edit]] = defaultdict(list)
        for edit in self.filter(its).order_by("pk"):
            found[edit.table, edit.row_id].append(edit)
        return found

    def last_of(self, row: tuple[str, int] | None) -> int:
        """The id of the last there is; 0 where there is none."""
        table, row_id = row or ("", 0)
        return self.filter(table=table, row_id=row_id).aggregate(last=Max("pk"))["last"] or 0


class Edit(models.Model):
    """Somebody wrote in a row that is approved part by part. Kept while the part may be approved anew."""

    table = models.CharField(max_length=48)  # "campaigns.campaigntext"
    row_id = models.BigIntegerField()
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")  # null: since erased
    at = models.DateTimeField()

    objects = EditQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["table", "row_id"])]
