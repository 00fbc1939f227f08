"""Outcomes as readers may see them: what happened, when, as reported by whom; beside what people did, in no causal words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from campaigns.models import Campaign, Case, ContributionRating, Outcome, PublicationConsent
from campaigns.publishing.days_told import told_days
from campaigns.publishing.status import REPORTERS
from campaigns.publishing.vocabulary import CONTRIBUTIONS, GRADES, OUTCOMES

Scope, What, Grade = PublicationConsent.Scope, Outcome.What, Outcome.Grade
RATERS = 2
# What is told only where consent covers it.
NEEDED_BY: dict[str, str] = {
    What.MEDICAL_CARE: Scope.HEALTH,
    What.CHARGE_DROPPED: Scope.CHARGES,
    What.NEW_CHARGE: Scope.CHARGES,
    What.SENTENCE_REDUCED: Scope.CHARGES,
    What.SENTENCE_LONGER: Scope.CHARGES,
    What.ACQUITTED: Scope.CHARGES,
}
# How it is graded unless the organiser says otherwise.
GRADED: dict[str, str] = {
    What.NO_REPLY: Grade.NO_CHANGE,
    What.REPLY: Grade.NO_CHANGE,
    What.RAISED: Grade.NO_CHANGE,
    What.FAMILY_VISIT: Grade.RELIEF,
    What.LAWYER_ACCESS: Grade.RELIEF,
    What.MEDICAL_CARE: Grade.RELIEF,
    What.BETTER_PLACE: Grade.RELIEF,
    What.FURLOUGH: Grade.RELIEF,
    What.BAIL: Grade.PARTIAL,
    What.SENTENCE_REDUCED: Grade.PARTIAL,
    What.CHARGE_DROPPED: Grade.PARTIAL,
    What.INVESTIGATION: Grade.PARTIAL,
    What.ACQUITTED: Grade.FULL,
    What.RELEASED: Grade.FULL,
    What.CONTACT_CUT: Grade.WORSE,
    What.WORSE_PLACE: Grade.WORSE,
    What.NEW_CHARGE: Grade.WORSE,
    What.SENTENCE_LONGER: Grade.WORSE,
}


@dataclass(frozen=True, kw_only=True)
class PublishedOutcome:
    on: date
    until: date | None  # where the day is one that must never be told: the end of its month, and `on` its beginning
    what: str  # one of Outcome.What
    words: Any
    grade: str
    graded: Any  # in words
    reported: Any
    contribution: Any  # in words, as the lower of two ratings has it; empty before two have rated


def outcomes_of(campaign_id: int, scopes: Collection[str]) -> list[PublishedOutcome]:
    """What is verified, and what consent lets be told of it, the latest first; nothing of before somebody left."""
    campaign = Campaign.objects.get(pk=campaign_id)
    rows = Outcome.objects.verified().filter(campaign=campaign).prefetch_related("ratings")
    if campaign.left:  # what was recorded while somebody else stood beside may be theirs
        rows = rows.filter(recorded_at__gt=max(row.left_at for row in campaign.left if row.left_at))
    cases = [*campaign.cases, *(row.case for row in campaign.left)]
    return [_published(row, cases) for row in rows if NEEDED_BY.get(row.what, Scope.NARRATIVE) in scopes]


def contribution_of(row: Outcome) -> str:
    """The lower of two people's ratings, or nothing before there are two."""
    ratings = [rating.value for rating in row.ratings.all()]  # also of who was erased since: two people looked
    order = list(ContributionRating.Value.values)
    return min(ratings, key=order.index) if len(ratings) >= RATERS else ""


def _published(row: Outcome, cases: Iterable[Case]) -> PublishedOutcome:
    contribution = contribution_of(row)
    first = last = row.on
    for case in cases:
        first, last = told_days(first, last, case)
    return PublishedOutcome(
        on=first,
        until=last if last != first else None,
        what=row.what,
        words=OUTCOMES[row.what],
        grade=row.grade,
        graded=GRADES[row.grade],
        reported=REPORTERS[row.reporter],
        contribution=CONTRIBUTIONS[contribution] if contribution else "",
    )
