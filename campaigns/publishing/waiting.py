"""What of the record waits for a second person: for each reader, what they may decide and did not write themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from campaigns.models import (
    Case,
    CaseGrant,
    CaseLink,
    CaseStatus,
    Correction,
    OwnWords,
    Photo,
    TimelineEvent,
    open_cases,
)
from campaigns.publishing import case as published
from campaigns.publishing.case_parts import SUBJECT, part_of_photo, parts_of
from campaigns.publishing.workspace import CaseOnRecord, case_on_record
from network.models import Approval, Person


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A case with what waits in it, each at most once: "parts", "publish", "silent", "claims", "photos", "grants"."""

    case: CaseOnRecord
    kinds: tuple[str, ...]


def waiting_for(reader: Person, *, at: datetime) -> list[Waiting]:
    """Cases in which this reader may approve, verify, publish or agree to something, the latest first."""
    found = []
    for row in Case.objects.filter(withdrawn_at=None, archived_at=None).order_by("-pk").select_related("defender"):
        kinds = tuple(dict.fromkeys(_kinds(row, reader, at=at)))
        case = case_on_record(row.pk, at=at) if kinds else None
        if case is not None and not case.is_taken_back:  # they are left in peace
            found.append(Waiting(case=case, kinds=kinds))
    return found


def _kinds(row: Case, reader: Person, *, at: datetime) -> Iterator[str]:
    is_out = row.published_at is not None and row.unpublished_at is None
    if row.submitted_at is not None:
        standings = Approval.objects.standings(SUBJECT, row.pk, parts_of(row, at=at)).values()
        missing = not all(standing.is_approved for standing in standings)
        if any(standing.waits_for(reader.pk) for standing in standings):
            yield "parts"
        if not missing and not is_out and row.texts.exists() and row.written_by_id != reader.pk:
            yield "publish"
        if is_out and missing and open_cases(at).filter(pk=row.pk).exists() and published.missing_approvals(row, at=at):
            yield "silent"  # nothing else hides it than what a second person has not looked at
    for model in (CaseStatus, TimelineEvent, OwnWords):
        if model.objects.standing().filter(case=row, verified_at=None).exclude(recorded_by=reader).exists():
            yield "claims"
    if Correction.objects.filter(case=row, verified_at=None).exclude(recorded_by=reader).exists():
        yield "claims"
    if CaseLink.objects.standing().of(row.pk).filter(verified_at=None).exclude(recorded_by=reader).exists():
        yield "claims"
    photos = [part_of_photo(photo) for photo in Photo.objects.standing().filter(case=row)]
    if any(photo.waits_for(reader.pk) for photo in Approval.objects.standings(SUBJECT, row.pk, photos).values()):
        yield "photos"
    if CaseGrant.objects.filter(case=row, agreed_by=None, revoked_at=None).exclude(proposed_by=reader).exists():
        yield "grants"
