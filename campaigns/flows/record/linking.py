"""Linking: two cases belong together. One records it, a second verifies it, one takes it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from campaigns.events import CasesLinked, CasesUnlinked, ClaimVerified
from campaigns.flows.gate import announcing
from campaigns.models import Case, CaseLink
from network.flows.recording import record
from network.models import Person
from network.refusals import SamePersonApproves


@transaction.atomic
def link(case_id: int, other_id: int, *, kind: str, by: Person, at: datetime) -> CaseLink:
    """Put on record that two cases belong together; told once somebody else verified it. Linking twice is linking once."""
    if case_id == other_id:
        raise ValueError("a case is not linked to itself")
    first, second = sorted((case_id, other_id))
    for pk in (first, second):
        Case.objects.locked(pk)
    row, made = CaseLink.objects.get_or_create(
        case_id=first, other_id=second, kind=kind, superseded_at=None, defaults={"recorded_by": by, "recorded_at": at}
    )
    if made:
        record(CasesLinked(case_id=first, other_id=second, link_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def verify(link_id: int, *, by: Person, at: datetime) -> CaseLink:
    """A second person looked: both pages tell of it, while both are shown. Raises SamePersonApproves."""
    row = CaseLink.objects.locked(link_id)
    if row.recorded_by_id == by.pk:
        raise SamePersonApproves
    if row.verified_at is None:
        row.verified_by, row.verified_at = by, at
        row.save(update_fields=["verified_by", "verified_at"])
        record(ClaimVerified(case_id=row.case_id, kind=CaseLink.__name__, claim_id=row.pk), by=by, at=at)
        _tell(row, by=by, at=at)
    return row


@transaction.atomic
def unlink(link_id: int, *, by: Person | None, at: datetime) -> None:
    row = CaseLink.objects.locked(link_id)
    if row.superseded_at is None:
        row.superseded_at = at
        row.save(update_fields=["superseded_at"])
        record(CasesUnlinked(case_id=row.case_id, other_id=row.other_id, link_id=row.pk), by=by, at=at)
        _tell(row, by=by, at=at)


def _tell(row: CaseLink, *, by: Person | None, at: datetime) -> None:
    for case_id in (row.case_id, row.other_id):
        announcing.tell_of_change(case_id, by=by, at=at)
