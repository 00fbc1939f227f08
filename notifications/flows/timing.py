"""Timing: when the letters of an alert may leave, by the clock of those they go to."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from notifications.models import Alert


class Times(NamedTuple):
    """Of a chunk. closes_at: when its hours end; None: it may leave at any hour."""

    not_before: datetime
    closes_at: datetime | None


def times_of(alert: Alert | None, zone: str, *, at: datetime) -> Times:
    """For readers with that clock, from a moment on. Where the alert ends before their hours begin it comes up at its end, and
    is dropped then: never late, and never at night."""
    if alert is None or alert.hours is None:
        return Times(at, None)
    span = alert.hours.next_in(zone, at=at)
    if alert.expires_at is not None and span.begins >= alert.expires_at:
        return Times(alert.expires_at, None)
    return Times(span.begins, span.ends)
