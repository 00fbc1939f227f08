"""Days as people write them: in both calendars, in figures and words, with and without the year.

The guard looks for the days that may not be told; whoever writes an alert is told which days its words name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

import jdatetime
from babel.dates import get_month_names

from campaigns.publishing.folding import fold
from network.languages import NAMES_OF_LANGUAGES

# Babel knows the Gregorian months of every language; these are the Jalali ones as Persian, Sorani and English write them.
JALALI_MONTHS = (
    "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند",
    "خاکەلێوە گوڵان جۆزەردان پووشپەڕ گەلاوێژ خەرمانان ڕەزبەر گەڵاڕێزان سەرماوەز بەفرانبار ڕێبەندان ڕەشەمە",
    "Farvardin Ordibehesht Khordad Tir Mordad Shahrivar Mehr Aban Azar Dey Bahman Esfand",
)
LONGEST_DAY = 5  # words: بیست و یکم آبان is four, with "of" in between five
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


def days_named(text: str, among: Iterable[date]) -> list[date]:
    """Which of some days a text names, by its month in words or year first; other figures alone may be any day."""
    words = fold(text).split()
    runs = {" ".join(words[at : at + length]) for length in range(1, LONGEST_DAY + 1) for at in range(len(words))}
    return [day for day in among if not runs.isdisjoint(_month_named(day)) and not runs.isdisjoint(_named_as(day))]


def _month_named(day: date) -> frozenset[str]:
    """What no text lacks that names a day of this month: hundreds of ways to write each day are worked out only then."""
    return _months(day.month, jdatetime.date.fromgregorian(date=day).month) | {str(day.year)}


@lru_cache(maxsize=48)  # a Gregorian month and a Jalali one beside it
def _months(gregorian: int, jalali: int) -> frozenset[str]:
    languages = [language for language, _name in NAMES_OF_LANGUAGES]
    named = [get_month_names(width, locale=one)[gregorian] for one in languages for width in ("wide", "abbreviated")]
    return frozenset(fold(name) for name in [*named, *(months.split()[jalali - 1] for months in JALALI_MONTHS)])


@lru_cache(maxsize=512)  # days
def _named_as(day: date) -> frozenset[str]:
    certain = (way for way in ways_to_write(day) if re.match(r"\d{4}-", way) or re.search(r"[^\W\d_]", way))
    return frozenset(fold(way) for way in certain)


def _in_words(number: int, month: str) -> Iterator[str]:
    suffix = {1: "st", 21: "st", 31: "st", 2: "nd", 22: "nd", 3: "rd", 23: "rd"}.get(number, "th")
    persian, english = ORDINALS_PERSIAN[number - 1], ORDINALS_ENGLISH[number - 1]
    for said in (str(number), f"{number}{suffix}", persian, english):
        yield f"{said} {month}"
        yield f"{month} {said}"
        yield f"{month} the {said}"
        yield f"{said} of {month}"
        yield f"{said} de {month}"
    yield f"{number}. {month}"
