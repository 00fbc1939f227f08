"""A range that is one month of the reader's calendar is told as that month; any other keeps its days."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.html import strip_tags
from django.utils.translation import override

from network.templatetags.localization import day_in_words, gregorian, month_of


@pytest.mark.parametrize(
    ("language", "first", "last", "told"),
    [
        ("en", date(2025, 10, 1), date(2025, 10, 31), "October 2025"),
        ("en", date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        ("en", date(2025, 2, 1), date(2025, 2, 27), ""),
        ("en", date(2025, 10, 1), date(2025, 11, 30), ""),
        ("en", date(2024, 10, 1), date(2025, 10, 31), ""),
        ("es", date(2025, 10, 1), date(2025, 10, 31), "octubre de 2025"),
        ("fa", date(2025, 10, 1), date(2025, 10, 31), ""),  # parts of two months there
        ("fa", date(2026, 3, 1), date(2026, 3, 31), ""),
        ("fa", date(2025, 9, 23), date(2025, 10, 22), "مهر ۱۴۰۴"),
        ("fa", date(2026, 2, 20), date(2026, 3, 20), "اسفند ۱۴۰۴"),
        ("fa", date(2026, 3, 20), date(2026, 4, 18), ""),
        ("ckb", date(2025, 9, 23), date(2025, 10, 22), "ڕەزبەر ١٤٠٤"),
    ],
)
def test_one_month(language, first, last, told):
    with override(language):
        assert strip_tags(month_of(first, last)) == told


def test_in_running_text_both_calendars_stand_and_the_second_is_isolated():
    with override("fa"):
        assert day_in_words(date(2026, 12, 11)) == "۲۰ آذر ۱۴۰۵ (\u206611 Dec 2026\u2069)"
    with override("en"):
        assert day_in_words(date(2026, 12, 11)) == "11 Dec 2026"


def test_the_first_of_a_month_in_french():
    assert gregorian(date(2026, 7, 1), "fr").startswith("1er juillet")
    assert gregorian(date(2026, 7, 11), "fr").startswith("11 juillet")
