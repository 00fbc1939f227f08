"""What somebody who comes puts into a calendar of their own: iCalendar (RFC 5545), with the place."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid5

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from campaigns.models import Participation
from campaigns.publishing.action import PublishedAction


def appointment(row: Participation, action: PublishedAction, *, is_neutral: bool, at: datetime) -> bytes:
    """is_neutral: whoever sees the calendar learns the hour and the place, and nothing of what it is about."""
    event: Any = Event()
    event.add("uid", str(uuid5(row.pk, str(row.entered_at))))  # the same each time, and it leads nowhere
    event.add("dtstamp", at)
    if action.happens is not None:
        event.add("dtstart", action.happens.begins)
        event.add("dtend", action.happens.ends)
    event.add("summary", _("An appointment") if is_neutral else action.title)
    event.add("location", action.told_after.get("place", ""))
    event.add("class", "PRIVATE")
    calendar: Any = Calendar()
    calendar.add("prodid", "-//Calendar//" if is_neutral else "-//Hamseda//")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
