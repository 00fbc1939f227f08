"""Days are typed in either calendar and any digits, and kept Gregorian."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from campaigns.publishing.days_written import days_named
from campaigns.workspace.days import DayField, MomentField, UntilField, day_from


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


def test_how_a_day_is_written_is_said_where_no_picker_helps_and_beside_what_the_field_says_itself():
    day, moment, until = DayField(), MomentField(), UntilField(help_text="A month at most.")
    assert (str(day.help_text), str(moment.help_text), str(until.help_text)) == ("", "", "A month at most.")
    with translation.override("fa"):
        assert "۱۴۰۵-۰۸-۳۰" in str(day.help_text) and "2026-11-21" in str(day.help_text)
        assert "۱۴۰۵-۰۸-۳۰ ۱۰:۰۰" in str(moment.help_text)
        assert str(until.help_text).startswith("A month at most. ")
        assert day_from("۱۴۰۵-۰۸-۳۰") == day_from("2026-11-21")  # both examples are the same day


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("The hearing is on 24 November.", [date(2026, 11, 24)]),
        ("Write before December the 3rd, or on 2026-12-24.", [date(2026, 12, 3), date(2026, 12, 24)]),
        ("تا ۷ آذر بنویسید؛ دادگاه بیست و یکم دی است.", [date(2026, 11, 28), date(2027, 1, 11)]),
        ("Up to 1 2 people, 24 of them; chapter 11.", []),  # figures alone may be anything
        ("November is cold.", []),
    ],
)
def test_which_days_a_letter_names(text, named):
    ahead = [date(2026, 11, 20) + timedelta(days=n) for n in range(60)]
    assert days_named(text, ahead) == named


@pytest.mark.parametrize("typed", ["2026-11-21T10:30", "1405-08-30 10:30", "۱۴۰۵/۸/۳۰ ۱۰:۳۰", " 2026-11-21 10:30 "])
def test_a_moment_is_read_in_either_calendar(typed):
    assert MomentField().clean(typed) == datetime(2026, 11, 21, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["2026-11-21", "1405-12-30 10:00", "2026-11-21 25:00", "tomorrow"])
def test_what_is_no_moment_is_told_how_to_write_one(typed):
    with pytest.raises(Exception, match="Write a moment"):
        MomentField().clean(typed)
