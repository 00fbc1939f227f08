"""Results: what came of a campaign, as numbers an organiser may see. Nobody is in them; small groups are not told apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q
from django.db.models.functions import TruncDate

from campaigns.models import Campaign, DeliveryPlan, Joining, Participation, Tally
from campaigns.publishing.handover import petition_of
from network.languages import told_apart


@dataclass(frozen=True, kw_only=True)
class Day:
    on: date
    received: int  # entered, confirmed or not
    counted: int  # confirmed, and not taken back


@dataclass(frozen=True, kw_only=True)
class Results:
    received: int
    counted: int
    taken_back: int
    forgetful: int  # who can be reminded to confirm
    days: tuple[Day, ...]  # the last RESULTS_DAYS, each of them, the earliest first
    goal: Goal | None
    languages: tuple[tuple[str, int], ...]  # (code, counted), the most first; "" for those of fewer than SMALLEST_GROUP


@dataclass(frozen=True, kw_only=True)
class Goal:
    """How many signatures we hope for, told to nobody outside."""

    signatures: int
    counted: int  # under the petition; signatures on paper are apart
    percent: int  # of the goal, whole, rounded down

    @property
    def is_reached(self) -> bool:
        return self.counted >= self.signatures


@dataclass(frozen=True, kw_only=True)
class Since:
    signed: int  # confirmed, and not taken back
    joined: int
    left: int  # or muted it


def since(campaign_id: int, moment: datetime) -> Since:
    """What people did in a campaign after a moment, whatever led them there."""
    signed = Participation.objects.confirmed().filter(action__campaign=campaign_id, confirmed_at__gte=moment)
    joinings = Joining.objects.filter(campaign=campaign_id)
    gone = joinings.filter(Q(left_at__gte=moment) | Q(muted_at__gte=moment))
    return Since(signed=signed.count(), joined=joinings.filter(joined_at__gte=moment).count(), left=gone.count())


def results_of(campaign_id: int, *, at: datetime) -> Results | None:
    """None when there is no such campaign."""
    if not Campaign.objects.filter(pk=campaign_id).exists():
        return None
    rows = Participation.objects.filter(action__campaign=campaign_id)
    counted = rows.filter(state=Participation.State.CONFIRMED)
    first = at.date() - timedelta(days=settings.RESULTS_DAYS - 1)
    entered = _by_day(rows, "entered_at", first)
    confirmed = _by_day(counted, "confirmed_at", first)
    days = [first + timedelta(days=place) for place in range(settings.RESULTS_DAYS)]
    return Results(
        received=rows.count(),
        counted=counted.count(),
        taken_back=rows.filter(state=Participation.State.WITHDRAWN).count(),
        forgetful=rows.forgetful(at).count(),
        goal=goal_of(campaign_id),
        days=tuple(Day(on=day, received=entered[day], counted=confirmed[day]) for day in days),
        languages=_languages(counted),
    )


def goal_of(campaign_id: int) -> Goal | None:
    """None where no number was set, and where nothing is signed."""
    plan = DeliveryPlan.objects.filter(campaign=campaign_id, goal__gt=0).first()
    petition = petition_of(campaign_id)
    if plan is None or petition is None:
        return None
    tally = Tally.objects.filter(action=petition).first()
    counted = tally.confirmed if tally else 0
    return Goal(signatures=plan.goal, counted=counted, percent=100 * counted // plan.goal)


def _by_day(rows: object, moment: str, first: date) -> Counter[date]:
    since = rows.filter(**{f"{moment}__date__gte": first})  # type: ignore[attr-defined]
    found = since.annotate(day=TruncDate(moment)).order_by().values_list("day").annotate(n=Count("pk"))
    return Counter(dict(found))


def _languages(counted: object) -> tuple[tuple[str, int], ...]:
    found = dict(counted.order_by().values_list("language").annotate(n=Count("pk")))  # type: ignore[attr-defined]
    return tuple(told_apart(found))
