"""Days are typed in either calendar and any digits, and kept Gregorian."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from campaigns.workspace.days import DayField, MomentField, day_from


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


@pytest.mark.parametrize("typed", ["2026-11-21T10:30", "1405-08-30 10:30", "۱۴۰۵/۸/۳۰ ۱۰:۳۰", " 2026-11-21 10:30 "])
def test_a_moment_is_read_in_either_calendar(typed):
    assert MomentField().clean(typed) == datetime(2026, 11, 21, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["2026-11-21", "1405-12-30 10:00", "2026-11-21 25:00", "tomorrow"])
def test_what_is_no_moment_is_told_how_to_write_one(typed):
    with pytest.raises(Exception, match="Write a moment"):
        MomentField().clean(typed)
