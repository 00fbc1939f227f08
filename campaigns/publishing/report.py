"""A campaign's report: what people did, what happened, and what did not, each with what it is counted against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db.models.functions import TruncDate

from campaigns.models import Action, Campaign, Demand, Harm, Outcome, PaperSheets, Participation, Tally
from campaigns.publishing.action import PublishedAction
from campaigns.publishing.outcome import PublishedOutcome, outcomes_of
from campaigns.publishing.sifting import Entries, entries_of
from campaigns.publishing.vocabulary import GRADES

WEEK = timedelta(days=7)
Grade = Outcome.Grade


@dataclass(frozen=True, kw_only=True)
class CountedApart:
    """Support that is in no other number."""

    on_paper: int  # signatures that two people counted
    nameless: int  # times somebody stood with them without a name or an address
    statements: tuple[PublishedAction, ...]  # that organisations signed


@dataclass(frozen=True, kw_only=True)
class Report:
    since: date
    until: date  # the day it ended, or today
    is_over: bool
    people: int  # different ones, over all actions
    entries: tuple[Entries, ...]
    weeks: int  # it was open, begun ones too
    weeks_acted: int  # in which somebody took part, or news was told
    longest_gap_days: int  # without either
    outcomes: tuple[PublishedOutcome, ...]
    grades: tuple[tuple[Any, int], ...]  # (grade in words, how many), each of them, none left out
    withheld: int  # outcomes on record of which consent lets nothing be told
    demands: int
    demands_met: int  # as a second person saw
    replied: bool  # whether any office that was asked answered, or did it
    harms: int
    apart: CountedApart


def report_of(
    campaign_id: int, scopes: Collection[str], actions: Sequence[PublishedAction], *, at: datetime
) -> Report | None:
    """None before it was launched. scopes: what consent covers today; what it does not is counted, and not told. actions: what
    may be shown of what was asked."""
    row = Campaign.objects.launched().filter(pk=campaign_id).first()
    if row is None or row.launched_at is None:
        return None
    since, until = row.launched_at.date(), (row.closed_at or at).date()
    confirmed = Participation.objects.confirmed().filter(action__campaign=row)
    days = set(confirmed.annotate(day=TruncDate("confirmed_at")).order_by().values_list("day", flat=True).distinct())
    told_on = row.updates.published().values_list("published_at", flat=True)
    days |= {moment.date() for moment in told_on if moment is not None}
    acted = sorted(day for day in days if since <= day <= until)
    told, met = outcomes_of(campaign_id, scopes), row.demands.seen_met().count()
    grades = Counter(one.grade for one in told)
    return Report(
        since=since,
        until=until,
        is_over=row.closed_at is not None,
        people=confirmed.exclude(person=None).values("person").distinct().count(),
        entries=tuple(entries_of(campaign_id, {one.id: one.title for one in actions})),
        weeks=(until - since) // WEEK + 1,
        weeks_acted=len({(day - since) // WEEK for day in acted}),
        longest_gap_days=_longest_gap([since, *acted, until]),
        outcomes=tuple(told),
        grades=tuple((words, grades[grade]) for grade, words in GRADES.items()),
        withheld=Outcome.objects.verified().filter(campaign=row).count() - len(told),
        demands=row.demands.count(),
        demands_met=met,
        replied=any(one.what == Outcome.What.REPLY for one in told),
        harms=Harm.objects.filter(campaign=row).count(),
        apart=apart_of(campaign_id, actions),
    )


def apart_of(campaign_id: int, actions: Sequence[PublishedAction]) -> CountedApart:
    """actions: what may be shown of what was asked."""
    petitions = Action.objects.filter(campaign=campaign_id)
    tallies = Tally.objects.filter(action__campaign=campaign_id)
    return CountedApart(
        on_paper=sum(PaperSheets.objects.signatures_on(action.pk) for action in petitions),
        nameless=sum(tallies.values_list("nameless", flat=True)),
        statements=tuple(one for one in actions if one.kind_of.by_organisations),
    )


def tells_nothing(campaign_id: int) -> bool:
    """No outcome that a second person verified is on record, and no demand as met."""
    verified = Outcome.objects.verified().filter(campaign=campaign_id)
    return not verified.exists() and not Demand.objects.filter(campaign=campaign_id).seen_met().exists()


def endings_on_record(campaign_id: int) -> frozenset[str]:
    """Of the endings that say that something was done, those that two people have put on record: all of it where every demand
    is met or an outcome is graded so; a part where any is, or brought relief."""
    grades = set(Outcome.objects.verified().filter(campaign=campaign_id).values_list("grade", flat=True))
    demands = Demand.objects.filter(campaign=campaign_id)
    met = demands.seen_met().count()
    found = set()
    if (met and met == demands.count()) or Grade.FULL in grades:
        found.add(Campaign.Ending.MET)
    if met or grades & {Grade.RELIEF, Grade.PARTIAL, Grade.FULL}:
        found.add(Campaign.Ending.MET_IN_PART)
    return frozenset(found)


def _longest_gap(days: Sequence[date]) -> int:
    return max(((later - earlier).days for earlier, later in pairwise(days)), default=0)
