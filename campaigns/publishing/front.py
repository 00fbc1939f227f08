"""The front page's record: what changed lately, for better and worse, and whom nobody has done anything for the longest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings

from campaigns.models import CaseStatus
from campaigns.publishing.attention import last_acts
from campaigns.publishing.campaign import PublishedCampaign
from campaigns.publishing.case import PublishedCase

ALIVE = "alive"  # a value of the dimension of life


@dataclass(frozen=True, kw_only=True)
class Change:
    on: date
    words: Any  # what became so: "Released", "A campaign opened"
    case: PublishedCase | None
    campaign: PublishedCampaign | None

    @property
    def is_ours(self) -> bool:
        """What people did together, among what was done to somebody."""
        return self.campaign is not None


@dataclass(frozen=True, kw_only=True)
class Quiet:
    case: PublishedCase
    days: int  # since anybody acted for them, or since they were published


def changes(
    told: Iterable[PublishedCase], asked: Iterable[PublishedCampaign], *, at: datetime, most: int = 5
) -> list[Change]:
    """The latest first, of the last FRONT_RECORD_DAYS; from what readers may see anyhow."""
    since = at.date() - timedelta(days=settings.FRONT_RECORD_DAYS)
    lately = [(case, status) for case in told for status in case.statuses if status.from_latest >= since]
    feared_for = _once_feared_for(case.id for case, status in lately if status.value == ALIVE)
    found = [
        Change(on=status.from_latest, words=status.words, case=case, campaign=None)
        for case, status in lately
        if status.value != ALIVE or case.id in feared_for
    ]
    found += [
        Change(on=form.opened_on, words=form.title, case=None, campaign=form)
        for form in asked
        if form.opened_on >= since
    ]
    return sorted(found, key=lambda change: change.on, reverse=True)[:most]


def _once_feared_for(ids: Iterable[int]) -> set[int]:
    """Cases of which something else than life was verified before: that somebody still lives is news of these alone."""
    before = CaseStatus.objects.verified().filter(dimension=CaseStatus.Dimension.LIFE, case__in=set(ids))
    return set(before.exclude(value=ALIVE).exclude(superseded_at=None).values_list("case_id", flat=True))


def longest_without_a_word(told: Iterable[PublishedCase], *, at: datetime, most: int = 4) -> list[Quiet]:
    """Published cases nobody acted for within ATTENTION_GAP_DAYS, the longest forgotten first; the dead are left in peace."""
    acts = last_acts()
    found = [
        Quiet(case=case, days=(at - max(acts.get(case.id, case.published_at), case.published_at)).days)
        for case in told
        if not case.is_memorial
    ]
    quiet = [one for one in found if one.days >= settings.ATTENTION_GAP_DAYS]
    return sorted(quiet, key=lambda one: -one.days)[:most]
