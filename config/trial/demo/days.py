"""Days that the demo's words tell, counted from the day its letter is handed over: they agree whenever it is seeded."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from babel.dates import format_date

from campaigns.models import Campaign, DeliveryPlan
from network.templatetags.localization import jalali

UNTIL_DELIVERY = timedelta(days=10)  # from the seeding
UNTIL_HEARING = timedelta(days=2)  # from the delivery


def delivery_of(campaign: Campaign) -> date:
    """As seeding planned it."""
    planned = DeliveryPlan.objects.get(campaign=campaign).on
    if planned is None:
        raise LookupError("the demo plans its delivery for a day")
    return planned


def last_day(delivery: date) -> date:
    """On which a name can still be put to the letter, and somebody be asked for it."""
    return delivery - timedelta(days=1)


def end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), tzinfo=UTC)


def told(texts: dict[str, dict[str, Any]], delivery: date) -> dict[str, dict[str, Any]]:
    """The words of each language with their days filled in; the slots for people stay."""
    days = {"delivery_day": delivery, "hearing_day": delivery + UNTIL_HEARING, "last_day": last_day(delivery)}
    return {
        language: {field: _filled(said, days, language) for field, said in words.items()}
        for language, words in texts.items()
    }


def _filled(said: Any, days: dict[str, date], language: str) -> Any:
    if isinstance(said, str):
        for name, day in days.items():
            said = said.replace(f"{{{name}}}", _in_words(day, language))
    return said


def _in_words(day: date, language: str) -> str:
    """Without the year: 3 December, ۱۲ آذر."""
    return jalali(day).rpartition(" ")[0] if language == "fa" else format_date(day, "d MMMM", locale=language)
