"""Days are typed in either calendar and any digits, and kept Gregorian."""

from datetime import date

import pytest
from django.utils import translation

from campaigns.workspace.days import DayField, day_from


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-21", date(2026, 11, 21)),
        ("1405-08-30", date(2026, 11, 21)),
        ("۱۴۰۵/۸/۳۰", date(2026, 11, 21)),
        ("٢٠٢٦-١١-٢١", date(2026, 11, 21)),
        (" 1380-10-10 ", date(2001, 12, 31)),
        ("1405-12-30", None),  # no leap year
        ("2026-02-30", None),
        ("21-11-2026", None),
        ("", None),
    ],
)
def test_a_day_is_read_in_either_calendar(typed, day):
    assert day_from(typed) == day


def test_a_day_nobody_remembers_and_a_word_are_told_what_is_wrong():
    for typed in ("1800-01-01", "2200-01-01", "tomorrow"):
        with pytest.raises(Exception, match="year"):
            DayField().clean(typed)


def test_where_the_jalali_calendar_leads_the_browsers_picker_steps_aside():
    field = DayField()
    assert 'type="date"' in str(field.widget.render("day", None))
    with translation.override("fa"):
        assert 'type="text"' in str(field.widget.render("day", None))
