"""Hours: between which hours of the day an alert may reach people, each by the clock where they live."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MIDNIGHT = 24  # the end of a day, as an hour of it


class Span(NamedTuple):
    """From the first moment at which something may leave to the one at which it may no longer."""

    begins: datetime
    ends: datetime


class Hours(NamedTuple):
    """Whole hours of a day: from `begins`, 0 to 23, until `ends`, 1 to 24, which is later."""

    begins: int
    ends: int

    def next_in(self, zone: str, *, at: datetime) -> Span:
        """The span that runs at that moment, or else the next one. A zone that is not known counts as UTC."""
        local = at.astimezone(_zone(zone))
        for days in (0, 1):
            day = (local + timedelta(days=days)).replace(minute=0, second=0, microsecond=0, fold=0)
            begins = day.replace(hour=self.begins)
            ends = day.replace(hour=self.ends) if self.ends < MIDNIGHT else (day + timedelta(days=1)).replace(hour=0)
            # Compared as moments, not as clock times: the two differ where a clock is set forward or back between them.
            if at.timestamp() < ends.timestamp():
                return Span(max(at, begins.astimezone(at.tzinfo)), ends.astimezone(at.tzinfo))
        raise AssertionError("tomorrow ends later than now")


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
