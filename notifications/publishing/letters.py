"""Letters on their way to an office as the workspace sees them: how many wait and left, and when the next one goes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from campaigns.models import Action
from campaigns.publishing.permitting import permits
from campaigns.publishing.workspace import title_of
from notifications.models import Letter, LetterLane
from notifications.models.deliverable import Deliverable

State = Deliverable.State


@dataclass(frozen=True, kw_only=True)
class LaneSeen:
    action_id: int
    campaign_id: int
    campaign_title: str
    mailbox: str
    zone: str
    per_hour: int
    per_day: int | None
    from_hour: int
    to_hour: int
    is_held: bool
    stands: str  # why none leaves: "over", "held", "silent", "refused"; empty while they do
    waiting: int  # which may go
    kept: int  # which may not: to be read again, set apart, of somebody in danger
    on_the_way: int  # given to the mail and not answered
    sent: int
    put_off: int  # refused for now
    failed: int
    uncertain: int
    dropped: tuple[tuple[str, int], ...]  # (why, how many), the most first
    next_at: datetime | None  # by the office's clock


def seen(action_id: int, *, at: datetime) -> LaneSeen | None:
    row = LetterLane.objects.filter(action=action_id).select_related("action__campaign").first()
    return _seen(row, at=at) if row else None


def held_with_letters() -> list[tuple[int, str, int]]:
    """(action, title of its campaign, letters) of lanes in which letters wait for an approver to let them go."""
    rows = LetterLane.objects.with_letters().filter(is_held=True).select_related("action").order_by("pk")
    found = ((row, Letter.objects.of(row).in_a_lane().sendable().count()) for row in rows)
    return [(row.action_id, title_of(row.action.campaign_id), number) for row, number in found if number]


def _seen(lane: LetterLane, *, at: datetime) -> LaneSeen:
    rows = Letter.objects.of(lane)
    states = Counter(rows.exclude(pk__in=rows.in_a_lane().values("pk")).values_list("state", flat=True))
    in_lane, waiting = rows.in_a_lane().count(), rows.in_a_lane().sendable().count()
    dropped = Counter(rows.filter(state=State.DROPPED).values_list("reason", flat=True))
    stands = _stands(lane.action, lane, at=at)
    return LaneSeen(
        action_id=lane.action_id,
        campaign_id=lane.action.campaign_id,
        campaign_title=title_of(lane.action.campaign_id),
        mailbox=lane.mailbox,
        zone=lane.zone,
        per_hour=lane.per_hour,
        per_day=lane.per_day,
        from_hour=lane.from_hour,
        to_hour=lane.to_hour,
        is_held=lane.is_held,
        stands=stands,
        waiting=waiting,
        kept=in_lane - waiting,
        on_the_way=states[State.QUEUED] + states[State.HANDED_OVER],
        sent=states[State.SENT],
        put_off=states[State.DEFERRED],
        failed=states[State.BOUNCED],
        uncertain=states[State.UNCERTAIN],
        dropped=tuple(sorted(dropped.items(), key=lambda one: (-one[1], one[0]))),
        next_at=None if stands or not waiting else _next(lane, at=at).astimezone(ZoneInfo(lane.zone)),
    )


def _stands(action: Action, lane: LetterLane, *, at: datetime) -> str:
    if not action.is_open(at):
        return "over"
    if lane.is_held:
        return "held"
    if not permits(action.campaign_id, at=at):
        return "silent"
    return "refused" if lane.is_refused else ""


def _next(lane: LetterLane, *, at: datetime) -> datetime:
    """The pace, the hours and the day together."""
    left = Letter.objects.of(lane).left_since(lane.day_begins(at)).count()
    if lane.per_day is not None and left >= lane.per_day:
        at = lane.next_day(at)
    return lane.earliest(at)
