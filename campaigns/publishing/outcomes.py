"""Outcomes and harms as the workspace sees them: on record, verified or not, rated by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from campaigns.models import Harm, Outcome
from campaigns.publishing.outcome import contribution_of
from campaigns.publishing.record import verifier_of
from campaigns.publishing.status import REPORTERS
from campaigns.publishing.vocabulary import CONTRIBUTIONS, GRADES, HARMS, OUTCOMES
from network.models import Person


@dataclass(frozen=True, kw_only=True)
class OutcomeOnRecord:
    id: int
    on: date
    words: Any
    graded: Any
    reported: Any
    recorded_by: str
    verified_by: str  # empty: nobody yet
    is_taken_back: bool
    may_be_verified: bool
    own_rating: str
    raters: int
    contribution: Any  # in words; empty before two have rated


@dataclass(frozen=True, kw_only=True)
class HarmOnRecord:
    id: int
    on: date
    words: Any
    note: str
    recorded_by: str
    recorded_at: datetime
    reviewed_by: str  # empty: nobody yet
    is_reviewed: bool
    found: str
    may_be_reviewed: bool


def outcomes_on_record(campaign_id: int, *, reader: Person) -> list[OutcomeOnRecord]:
    rows = Outcome.objects.filter(campaign=campaign_id).select_related("recorded_by", "verified_by")
    return [_outcome(row, reader) for row in rows.prefetch_related("ratings")]


def _outcome(row: Outcome, reader: Person) -> OutcomeOnRecord:
    ratings = list(row.ratings.all())
    contribution = contribution_of(row)
    return OutcomeOnRecord(
        id=row.pk,
        on=row.on,
        words=OUTCOMES[row.what],
        graded=GRADES[row.grade],
        reported=REPORTERS[row.reporter],
        recorded_by=row.recorded_by.display_name if row.recorded_by else "",
        verified_by=verifier_of(row),
        is_taken_back=row.taken_back_at is not None,
        may_be_verified=row.verified_at is None and row.taken_back_at is None and row.recorded_by_id != reader.pk,
        own_rating=next((one.value for one in ratings if one.by_id == reader.pk), ""),
        raters=len(ratings),
        contribution=CONTRIBUTIONS[contribution] if contribution else "",
    )


def harms_of(campaign_id: int, *, reader: Person) -> list[HarmOnRecord]:
    rows = Harm.objects.filter(campaign=campaign_id).select_related("recorded_by", "reviewed_by")
    return [
        HarmOnRecord(
            id=row.pk,
            on=row.on,
            words=HARMS[row.what],
            note=row.note,
            recorded_by=row.recorded_by.display_name if row.recorded_by else "",
            recorded_at=row.recorded_at,
            reviewed_by=row.reviewed_by.display_name if row.reviewed_by else "",
            is_reviewed=row.reviewed_at is not None,
            found=row.found,
            may_be_reviewed=row.reviewed_at is None and row.recorded_by_id != reader.pk,
        )
        for row in rows
    ]
