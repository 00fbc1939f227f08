"""Progressing: how far an alert has come, how fast, and in which lanes.

Counts come from the chunks, a thousandth of the deliveries, so the page costs the same at any size: the engine moves a
chunk's counters in the transaction that settles its rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, F, Min, Sum

from notifications.flows.timing import times_of
from notifications.models import Alert, Chunk, Delivery

FIRST_LOOK_SECONDS = 3.0  # after opening; what was sent until then says nothing of the rate


@dataclass(frozen=True)
class Lane:
    """The chunks of one channel and language towards one destination; one stroke is one chunk."""

    channel: str
    language: str
    destination: str
    size: int
    sent: int
    failed: int
    dropped: int
    uncertain: int
    chunks: int
    closed: int

    @property
    def left(self) -> int:
        return max(0, self.size - self.sent - self.failed - self.dropped - self.uncertain)


@dataclass(frozen=True)
class Progress:
    """Counts of letters: whoever gets one by mail and by feed counts twice. `left` are still to be tried; `failed` were
    refused for good; `dropped` were not sent on purpose (they left, it expired). per_second: as was seen of late; finish: when it
    ends at that rate, if that is before its last day is over."""

    state: str
    sent: int
    failed: int
    dropped: int
    left: int
    lanes: tuple[Lane, ...] = ()
    per_second: float = 0.0
    finish: datetime | None = None
    uncertain: int = 0  # handed to a provider that did not answer
    waiting: int = 0  # of those left, for their own hours of the day
    next_hours: datetime | None = None  # when the next of them begin
    too_late: int = 0  # of those left, whose hours begin after its last day: they will be dropped
    put_off: int = 0  # of those left, refused for now, and tried again
    next_try: datetime | None = None  # when the next of them is; none while it is paused or held
    given_up: int = (
        0  # of those left, refused for now, whose next try would be after its last day: they will be dropped
    )
    outlasts: bool = False  # at this rate it is not through before its last day is over
    is_growing: bool = False  # still being opened: there will be more

    @property
    def total(self) -> int:
        return self.sent + self.failed + self.dropped + self.uncertain + self.left


def progress_of(alert: Alert, *, at: datetime) -> Progress:
    """Source: the chunks' counters, which are the rows' states as last settled."""
    rows = (
        Chunk.objects.filter(alert=alert)
        .values("channel", "language", "destination")
        .annotate(
            size=Sum("size_count"),
            sent=Sum("sent_count"),
            failed=Sum("failed_count"),
            dropped=Sum("dropped_count"),
            uncertain=Sum("uncertain_count"),
            chunks=Count("pk"),
            closed=Count("pk", filter=Chunk.closed_filter()),
        )
        .order_by("channel", "language", "destination")
    )
    lanes = tuple(Lane(**row) for row in rows)
    sent, failed, dropped = (sum(getattr(lane, name) for lane in lanes) for name in ("sent", "failed", "dropped"))
    left = sum(lane.left for lane in lanes)
    rate = _rate(alert, sent, at=at)
    waiting, next_hours, too_late = _waiting_for_their_time(alert, at=at)
    put_off, next_try, given_up = _put_off(alert, at=at) if left else (0, None, 0)
    is_growing = alert.state == Alert.State.OPENING
    to_go = left - put_off - given_up - too_late  # what is put off goes when it is tried again, at no rate
    going = alert.state in Alert.SENDING and not alert.trigger and to_go > 0 and rate and not waiting and not is_growing
    finish = at + timedelta(seconds=to_go / rate) if going else None
    outlasts = finish is not None and alert.expires_at is not None and finish > alert.expires_at
    return Progress(
        state=alert.state,
        sent=sent,
        failed=failed,
        dropped=dropped,
        left=left,
        lanes=lanes,
        per_second=0.0 if alert.trigger else rate,
        finish=None if outlasts else finish,
        outlasts=outlasts,
        waiting=waiting,
        uncertain=sum(lane.uncertain for lane in lanes),
        next_hours=next_hours,
        too_late=too_late,
        put_off=put_off,
        next_try=next_try,
        given_up=given_up,
        is_growing=is_growing,
    )


def _waiting_for_their_time(alert: Alert, *, at: datetime) -> tuple[int, datetime | None, int]:
    """How many letters it is not yet day for, or not yet as many days after what they follow; when it next is for some; and for
    how many it is not before the alert has ended."""
    if (alert.hours is None and not alert.trigger) or alert.state not in Alert.SENDING:
        return 0, None, 0
    early = Chunk.objects.filter(alert=alert, not_before__gt=at, failures=0).open()
    settled = F("sent_count") + F("failed_count") + F("dropped_count") + F("uncertain_count")
    left, too_late = Sum(F("size_count") - settled), 0
    if alert.expires_at is not None and alert.hours is not None:
        too_late = early.filter(not_before__gte=alert.expires_at).aggregate(left=left)["left"] or 0
        early = early.filter(not_before__lt=alert.expires_at)
    found = early.aggregate(left=left, begins=Min("not_before"))
    return found["left"] or 0, found["begins"], too_late


def _rate(alert: Alert, sent: int, *, at: datetime) -> float:
    """Letters a second, from what was seen of the alert within RATE_SECONDS. Since when it was opened says little: it may have
    stood still, paused or outside its hours. Nothing seen, or the cache away: none, and no finish is told."""
    key, now = f"progress:{alert.pk}", at.timestamp()
    if alert.state not in Alert.SENDING:
        cache.delete(key)
        return 0.0
    seen = [one for one in cache.get(key) or [] if 0 <= now - one[0] <= settings.RATE_SECONDS]
    if not seen or now - seen[-1][0] >= 1:
        cache.set(key, [*seen, (now, sent)], timeout=int(settings.RATE_SECONDS) + 1)
    if seen and now - seen[0][0] >= 1:
        return max(0, sent - seen[0][1]) / (now - seen[0][0])
    begun = max(filter(None, (alert.opened_at, alert.leaves_at)), default=at)
    seconds = (at - begun).total_seconds()
    is_begun = (
        FIRST_LOOK_SECONDS <= seconds <= settings.RATE_SECONDS and alert.finished_at is None
    )  # not sent once more
    return sent / seconds if is_begun else 0.0


def _put_off(alert: Alert, *, at: datetime) -> tuple[int, datetime | None, int]:
    """How many were refused for now and are tried again, when the next of them is, and for how many that would be too late. A try
    keeps to its reader's hours. While the alert does not send nothing is tried."""
    rows = (
        Delivery.objects.of(alert).deferred().exclude(reason="")
    )  # without one it was not refused: it is sent once more
    groups = list(rows.values_list("chunk__zone", "not_before").annotate(n=Count("pk")).order_by("not_before"))
    tries = [(times_of(alert, zone, at=max(at, due)).not_before, number) for zone, due, number in groups]
    ends = alert.expires_at
    coming = [(moment, number) for moment, number in tries if ends is None or moment < ends]
    put_off = sum(number for _moment, number in coming)
    next_try = min((moment for moment, _number in coming), default=None) if alert.state in Alert.SENDING else None
    return put_off, next_try, sum(number for _moment, number in tries) - put_off


def outcomes_of(alert: Alert) -> list[tuple[str, str, int]]:
    """(state, reason, how many), gravest numbers first; read from the rows, for the page after the fact."""
    rows = (
        Delivery.objects.of(alert)
        .values_list("state", "reason")
        .annotate(n=Count("pk"))
        .order_by("-n", "state", "reason")
    )
    return [(state, reason, number) for state, reason, number in rows]
