"""Days as people write them, for the guard: in both calendars, in figures and words, with and without the year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import jdatetime
from babel.dates import get_month_names

from network.languages import NAMES_OF_LANGUAGES

# Babel knows the Gregorian months of every language; these are the Jalali ones as Persian, Sorani and English write them.
JALALI_MONTHS = (
    "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند",
    "خاکەلێوە گوڵان جۆزەردان پووشپەڕ گەلاوێژ خەرمانان ڕەزبەر گەڵاڕێزان سەرماوەز بەفرانبار ڕێبەندان ڕەشەمە",
    "Farvardin Ordibehesht Khordad Tir Mordad Shahrivar Mehr Aban Azar Dey Bahman Esfand",
)
# fmt: off
_PERSIAN = [
    "اول", "دوم", "سوم", "چهارم", "پنجم", "ششم", "هفتم", "هشتم", "نهم", "دهم", "یازدهم", "دوازدهم", "سیزدهم",
    "چهاردهم", "پانزدهم", "شانزدهم", "هفدهم", "هجدهم", "نوزدهم", "بیستم",
]
_ENGLISH = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
]
# fmt: on
ORDINALS_PERSIAN = [
    *_PERSIAN,
    *(f"بیست و {one}" for one in ["یکم", *_PERSIAN[1:9]]),
    "سی ام",
    "سی و یکم",
]
ORDINALS_ENGLISH = [
    *_ENGLISH,
    "twentieth",
    *(f"twenty {one}" for one in _ENGLISH[:9]),
    "thirtieth",
    "thirty first",
]


def ways_to_write(day: date) -> Iterator[str]:
    """Raises ValueError for a day before the Jalali calendar begins."""
    jalali = jdatetime.date.fromgregorian(date=day)
    for language, _name in NAMES_OF_LANGUAGES:
        for width in ("wide", "abbreviated"):
            yield from _in_words(day.day, get_month_names(width, locale=language)[day.month])
    for months in JALALI_MONTHS:
        yield from _in_words(jalali.day, months.split()[jalali.month - 1])
    for year, number, of_month in ((day.year, day.month, day.day), (jalali.year, jalali.month, jalali.day)):
        yield f"{year}{number:02}{of_month:02}"
        for short in (year, year % 100):
            for parts in ((short, number, of_month), (of_month, number, short), (number, of_month, short)):
                yield "-".join(str(part) for part in parts)
                yield "-".join(f"{part:02}" for part in parts)


def _in_words(number: int, month: str) -> Iterator[str]:
    suffix = {1: "st", 21: "st", 31: "st", 2: "nd", 22: "nd", 3: "rd", 23: "rd"}.get(number, "th")
    persian, english = ORDINALS_PERSIAN[number - 1], ORDINALS_ENGLISH[number - 1]
    for said in (str(number), f"{number}{suffix}", persian, english):
        yield f"{said} {month}"
        yield f"{month} {said}"
        yield f"{said} of {month}"
        yield f"{said} de {month}"
    yield f"{number}. {month}"
