"""Days in figures: one that is on record as never to be told is told as its month."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from campaigns.models import Case, GuardedWord
from campaigns.models.record.claim import Claim


def told_range(row: Claim, case: Case) -> tuple[date, date]:
    """(first, last) day of a claim as it may be told."""
    return told_days(row.from_earliest, row.from_latest, case)


def told_days(first: date, last: date, case: Case) -> tuple[date, date]:
    """The same of any days. Where a guarded day lies at either end, the whole months: nobody reads it off."""
    guarded = {word.text for word in case.defender.guarded_words.all() if word.kind == GuardedWord.Kind.DATE}
    if not {first.isoformat(), last.isoformat()} & guarded:
        return first, last
    return first.replace(day=1), last.replace(day=monthrange(last.year, last.month)[1])
