"""Results: what came of a campaign, as numbers an organiser may see. Nobody is in them; small groups are not told apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q
from django.db.models.functions import TruncDate

from campaigns.models import Campaign, Joining, Participation
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
    languages: tuple[tuple[str, int], ...]  # (code, counted), the most first; "" for those of fewer than SMALLEST_GROUP


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
        days=tuple(Day(on=day, received=entered[day], counted=confirmed[day]) for day in days),
        languages=_languages(counted),
    )


def _by_day(rows: object, moment: str, first: date) -> Counter[date]:
    since = rows.filter(**{f"{moment}__date__gte": first})  # type: ignore[attr-defined]
    found = since.annotate(day=TruncDate(moment)).order_by().values_list("day").annotate(n=Count("pk"))
    return Counter(dict(found))


def _languages(counted: object) -> tuple[tuple[str, int], ...]:
    found = dict(counted.order_by().values_list("language").annotate(n=Count("pk")))  # type: ignore[attr-defined]
    return tuple(told_apart(found))
