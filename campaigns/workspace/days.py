"""Days as people type them in the workspace: in either calendar, in any digits; kept Gregorian."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Any

import jdatetime
from django import forms
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from network.languages import JALALI, current_language, digits_of, fold_digits

FIRST_YEAR, LAST_YEAR = 1900, 2100
JALALI_YEARS = range(1250, 1500)  # no Gregorian day that anybody reports lies in these
FIGURES = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})")


def day_from(typed: str) -> date | None:
    """The day somebody typed, year first: 2026-11-21, 1405/08/30, ۱۴۰۵-۸-۳۰; None where there is no such day."""
    found = FIGURES.fullmatch(fold_digits(typed.strip()))
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups())
    try:
        if year in JALALI_YEARS:
            return jdatetime.date(year, month, day).togregorian()
        return date(year, month, day)
    except ValueError:
        return None


def within_living_memory(day: date) -> None:
    """A year mistyped is no day of ours; and beyond some years calendars and time zones cannot be reckoned."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        first, last = (digits_of(str(year), current_language()) for year in (FIRST_YEAR, LAST_YEAR))
        raise forms.ValidationError(
            _("The year must lie between %(first)s and %(last)s.") % {"first": first, "last": last}
        )


LEFT_TO_RIGHT = "\u2066{}\u2069"  # a day and its hour keep their order on a page that runs the other way


def _where_no_picker_helps(hint: Any, *patterns: str) -> str:
    if get_language() not in JALALI:
        return str(hint)
    examples = " / ".join(LEFT_TO_RIGHT.format(pattern) for pattern in patterns)
    such_as = gettext("Such as %(pattern)s") % {"pattern": examples}
    return f"{hint} {such_as}".strip()


_hint = lazy(_where_no_picker_helps, str)  # worked out when the page is made, in its language


class DayInput(forms.DateInput):
    """The browser's own picker, which knows one calendar, except on pages where the other one leads."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if get_language() in JALALI:
            context["widget"]["type"] = "text"
            context["widget"]["attrs"]["inputmode"] = "numeric"
            if isinstance(value, date):  # one that was proposed or kept; what somebody typed stays as it was typed
                other = jdatetime.date.fromgregorian(date=value.date() if isinstance(value, datetime) else value)
                context["widget"]["value"] = digits_of(other.strftime("%Y-%m-%d"), get_language() or "fa")
        return context

    def __init__(self) -> None:
        super().__init__({"class": "input ltr"}, format="%Y-%m-%d")
        self.input_type = "date"


class DayField(forms.DateField):
    """A day within living memory."""

    def __init__(self, **kwargs: Any) -> None:
        hint = _hint(kwargs.pop("help_text", ""), "۱۴۰۵-۰۸-۳۰", "2026-11-21")
        super().__init__(widget=DayInput(), help_text=hint, **kwargs)

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, str) and value.strip():
            day = day_from(value)
            if day is None:
                raise forms.ValidationError(_("Write a day as year-month-day, such as 2026-11-21 or 1405-08-30."))
        else:
            day = super().to_python(value)
        if day is not None:
            within_living_memory(day)
        return day


class MomentInput(forms.DateTimeInput):
    """The browser's own picker, except on pages where the other calendar leads."""

    def __init__(self) -> None:
        super().__init__({"class": "input ltr"}, format="%Y-%m-%dT%H:%M")
        self.input_type = "datetime-local"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if get_language() in JALALI:
            context["widget"]["type"] = "text"
        return context


class MomentField(forms.DateTimeField):
    """A moment, taken as UTC: a day in either calendar, a space or a T, hours and minutes. Its label says whose clock counts."""

    def __init__(self, **kwargs: Any) -> None:
        hint = _hint(kwargs.pop("help_text", ""), "۱۴۰۵-۰۸-۳۰ ۱۰:۰۰", "2026-11-21 10:00")
        super().__init__(widget=MomentInput(), help_text=hint, **kwargs)

    def to_python(self, value: Any) -> datetime | None:
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        typed, _separator, clock = fold_digits(value.strip()).replace("T", " ").partition(" ")
        day = day_from(typed)
        try:
            hour = time.fromisoformat(clock.strip()) if clock.strip() else None
        except ValueError:
            hour = None
        if day is None or hour is None:
            raise forms.ValidationError(_("Write a moment as 2026-11-21 10:00 or 1405-08-30 10:00."))
        within_living_memory(day)
        return datetime.combine(day, hour.replace(second=0, microsecond=0), tzinfo=UTC)


class UntilField(DayField):
    """A day, until its last second in UTC."""

    def clean(self, value: Any) -> datetime | None:
        day = super().clean(value)
        if day is None:
            return None
        return datetime.combine(day, time(23, 59, 59), tzinfo=timezone.get_default_timezone())
