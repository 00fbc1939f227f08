"""Demands as readers may see them: what is asked of which office, and whether it has done it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from campaigns.models import Case, Demand
from campaigns.publishing.days_told import told_days
from campaigns.publishing.standing import Standing
from campaigns.publishing.vocabulary import ASKED

AFTER_DEATH = frozenset({Demand.Asks.INVESTIGATE})  # what can still be asked


@dataclass(frozen=True, kw_only=True)
class PublishedDemand:
    id: int
    asks: str  # one of Demand.Asks
    words: Any  # the same in words
    target: str  # the office's title
    country: str  # where it sits; empty: in no single State, or not said
    languages: tuple[str, ...]  # in which it takes letters; empty: not known
    met_on: date | None  # as a second person saw it
    met_until: date | None  # where that day must never be told: the end of its month, and `met_on` its beginning


def published_demand(row: Demand, language: str, cases: Iterable[Case]) -> PublishedDemand:
    first = last = row.met_at.date() if row.met_at and row.met_seen_at else None
    for case in cases:
        if first and last:
            first, last = told_days(first, last, case)
    return PublishedDemand(
        id=row.pk,
        asks=row.asks,
        words=ASKED.get(row.asks, ""),
        target=row.target.title_in(language),
        country=row.target.country,
        languages=tuple(row.target.languages),
        met_on=first,
        met_until=last if last != first else None,
    )


def can_still_be_asked(demands: Iterable[Demand], standing: Standing) -> bool:
    """For the dead a campaign asks for the truth, and for nothing else."""
    return not standing.is_memorial or all(one.asks in AFTER_DEATH for one in demands)


def words_of_offices(demands: Iterable[Demand]) -> list[str]:
    """All that is said of the offices, to be looked through."""
    titles = [title for demand in demands for title in demand.target.texts.all()]
    return [f"{title.title}\n{title.salutation}" for title in titles]
