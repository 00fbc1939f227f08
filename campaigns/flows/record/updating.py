"""Updating: how a person is. Nothing is overwritten; a newer row supersedes, and a second person verifies each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from campaigns.events import StatusEnded, StatusRecorded, StatusVerified
from campaigns.flows.gate import announcing, silencing
from campaigns.models import Case, CaseStatus, Source
from campaigns.models.gate.facts import shown_as
from campaigns.publishing.status import WORDS
from network.flows.recording import record
from network.models import Person
from network.refusals import SamePersonApproves

Dimension = CaseStatus.Dimension


@dataclass(frozen=True, kw_only=True)
class Report:
    """What is reported: a value of a dimension, when it began (a range of days), by whom, and how far to trust it."""

    dimension: str
    value: str
    from_earliest: date
    from_latest: date
    reporter: str
    source_reliability: str
    item_reliability: str
    confirmed_by: Sequence[int] = ()  # ids of Sources of the same case


@transaction.atomic
def record_status(case_id: int, report: Report, *, by: Person, at: datetime) -> CaseStatus:
    """Put a status on record, unverified. Conditions stand beside each other; the other dimensions have one each, whose
    former row is superseded only when the new one is verified: until then readers keep the old."""
    if report.value not in WORDS[report.dimension]:
        raise ValueError(f"{report.value} is no value of {report.dimension}")
    case = Case.objects.locked(case_id)
    row = CaseStatus.objects.create(case=case, recorded_by=by, recorded_at=at, **_said(report))
    row.confirmed_by.set(Source.objects.filter(case=case, pk__in=report.confirmed_by))
    record(StatusRecorded(case_id=case.pk, status_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def verify(status_id: int, *, by: Person, at: datetime) -> CaseStatus:
    """A second person looked: from now on it is shown where consent covers it. Raises SamePersonApproves."""
    row = CaseStatus.objects.locked(status_id)
    if row.recorded_by_id == by.pk:
        raise SamePersonApproves
    if row.verified_at is None and row.superseded_at is None:
        row.verified_by, row.verified_at = by, at
        row.save(update_fields=["verified_by", "verified_at"])
        _supersede(row, at=at)
        record(StatusVerified(case_id=row.case_id, status_id=row.pk), by=by, at=at)
        if row.value in CaseStatus.TERMINAL:  # whatever was asked for is to be looked at anew, in remembrance
            case = Case.objects.locked(row.case_id)
            silencing.narrow(case, was=shown_as(case), by=by, at=at)
        announcing.tell_of_change(row.case_id, by=by, at=at)
    return row


@transaction.atomic
def end(status_id: int, *, until: date, by: Person, at: datetime) -> CaseStatus:
    """A condition is over since a day; and of the dead, liberty. Nothing is deleted: any of them can come back as a row of
    its own. In the other dimensions something else holds instead, recorded and verified as that: raises ValueError."""
    row = CaseStatus.objects.locked(status_id)
    if not may_end(row):
        raise ValueError(f"{row.dimension} does not end: it becomes something else")
    row.until = max(until, row.from_earliest)
    row.save(update_fields=["until"])
    record(StatusEnded(case_id=row.case_id, status_id=row.pk), by=by, at=at)
    announcing.tell_of_change(row.case_id, by=by, at=at)
    return row


def may_end(row: CaseStatus) -> bool:
    """Whether nothing has to hold instead of it."""
    if row.dimension == Dimension.CONDITION:
        return True
    is_dead = CaseStatus.objects.verified().standing().terminal().filter(case=row.case_id).exists()
    return row.dimension == Dimension.LIBERTY and is_dead


def _said(report: Report) -> dict[str, Any]:
    return {name: value for name, value in vars(report).items() if name != "confirmed_by"}


def _supersede(row: CaseStatus, *, at: datetime) -> None:
    former = CaseStatus.objects.filter(case=row.case_id, dimension=row.dimension, superseded_at=None)
    if row.dimension == Dimension.CONDITION:
        former = former.filter(value=row.value)
    former.filter(pk__lt=row.pk).update(superseded_at=at)
