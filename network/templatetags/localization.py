"""What is written, as the reader's language writes it: dates in two calendars, numbers in its digits, whose words lead."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import jdatetime
from babel.numbers import format_decimal
from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override

from network.languages import (
    DIGITS,
    JALALI,
    OPEN_GRAPH_LOCALES,
    current_language,
    digits_of,
    direction_of,
    distance,
    listed,
    name_of_language,
)
from network.languages import apart as apart_in
from network.places import name_of_clock

register = template.Library()

MONTHS = {
    "fa": "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند",
    "ckb": "خاکەلێوە گوڵان جۆزەردان پووشپەڕ گەلاوێژ خەرمانان ڕەزبەر گەڵاڕێزان سەرماوەز بەفرانبار ڕێبەندان ڕەشەمە",
}
GREGORIAN = {"en": "j M Y", "de": "j. F Y", "es": r"j \d\e F \d\e Y"}
MONTH_AND_YEAR = {"es": r"F \d\e Y"}


def jalali(day: date | datetime, language: str = "fa") -> str:
    """A date in the Jalali calendar, in the language's figures: ۲۴ اردیبهشت ۱۴۰۵."""
    moment = timezone.localtime(day, timezone.get_default_timezone()).date() if isinstance(day, datetime) else day
    converted = jdatetime.date.fromgregorian(date=moment)
    return digits_of(f"{converted.day} {MONTHS[language].split()[converted.month - 1]} {converted.year}", language)


def gregorian(day: date | datetime, language: str) -> str:
    with override(language):
        text = digits_of(date_format(day, GREGORIAN.get(language, "j F Y")), language)
    return f"1er{text[1:]}" if language == "fr" and day.day == 1 else text


@register.simple_tag
def both_dates(day: date | datetime | None) -> SafeString | str:
    """A date, Jalali beside Gregorian in Persian and Kurdish, which lead; Gregorian elsewhere."""
    if day is None:
        return ""
    language = current_language()
    iso = day.date().isoformat() if isinstance(day, datetime) else day.isoformat()
    if language in JALALI:
        return format_html(
            '<time datetime="{}"><span class="day">{}</span> <span class="day" lang="en" dir="ltr">({})</span></time>',
            iso,
            jalali(day, language),
            gregorian(day, "en"),
        )
    return format_html('<time class="day" datetime="{}">{}</time>', iso, gregorian(day, language))


@register.simple_tag
def month_of(first: date, last: date) -> SafeString | str:
    """A range that is exactly one month of the page's leading calendar, as that month; empty for any other range."""
    language, after = current_language(), last + timedelta(days=1)
    if language in JALALI:
        begins, ends, follows = (jdatetime.date.fromgregorian(date=day) for day in (first, last, after))
        if (begins.day, follows.day) != (1, 1) or (begins.year, begins.month) != (ends.year, ends.month):
            return ""
        month = digits_of(f"{MONTHS[language].split()[begins.month - 1]} {begins.year}", language)
    else:
        if (first.day, after.day) != (1, 1) or (first.year, first.month) != (last.year, last.month):
            return ""
        with override(language):
            month = digits_of(date_format(first, MONTH_AND_YEAR.get(language, "F Y")), language)
    return format_html('<span class="day">{}</span>', month)


@register.simple_tag
def dated(day: date | datetime) -> SafeString:
    """A timeline's date, both calendars in every language: the page's own leads."""
    language = current_language()
    iso = day.date().isoformat() if isinstance(day, datetime) else day.isoformat()
    if language in JALALI:
        lead, other, code, direction = jalali(day, language), gregorian(day, "en"), "en", "ltr"
    else:
        lead, other, code, direction = gregorian(day, language), jalali(day), "fa", "rtl"
    return format_html(
        '<b><time datetime="{}">{}</time></b> <span lang="{}" dir="{}">{}</span>', iso, lead, code, direction, other
    )


@register.filter
def day_in_words(day: date | datetime) -> str:
    """A date as running text; for mail and paper, where no markup can stand. Jalali leads in Persian and Kurdish, and the
    Gregorian one beside it is isolated, or it would be read backwards."""
    language = current_language()
    if language not in JALALI:
        return gregorian(day, language)
    return f"{jalali(day, language)} (\u2066{gregorian(day, 'en')}\u2069)"


@register.filter
def isolated(text: Any) -> SafeString:
    """A name within a sentence, whose direction is its own."""
    return format_html("<bdi>{}</bdi>", text)


@register.filter
def naming(words: Any, name: str) -> str:
    """A translated sentence with %(name)s in it, filled; escaped where what fills it is markup."""
    return (
        format_html(str(words).replace("{", "{{").replace("}", "}}").replace("%(name)s", "{}"), name)
        if isinstance(name, SafeString)
        else str(words) % {"name": name}
    )


@register.filter
def with_colon(words: str) -> str:
    """Words that lead to what stands on the next line, with the colon as the language sets it."""
    return f"{words}\u00a0:" if get_language() == "fr" else f"{words}:"


@register.filter
def apart(text: str) -> str:
    """A name within the plain text of a mail, isolated where it runs the other way."""
    return apart_in(text, current_language())


@register.filter
def open_graph_locale(language: str) -> str:
    """A language as the Open Graph protocol wants it, with a country: fa_IR."""
    return OPEN_GRAPH_LOCALES[language]


@register.filter
def hour(number: int) -> str:
    """A whole hour of a day in the reader's digits: 09:00."""
    return digits_of(f"{number:02}:00", current_language())


@register.filter(expects_localtime=False)
def clock(moment: datetime) -> str:
    """Hour and minute by the clock that the moment itself was told by, in the reader's digits: 09:30."""
    return digits_of(moment.strftime("%H:%M"), current_language())


@register.filter
def language_called(code: str) -> str:
    """A language, as the reader's own calls it; Django's language_name is English."""
    return name_of_language(code, current_language())


@register.simple_tag
def comma() -> str:
    """Between words of a list, as the reader's language writes it, with its space."""
    return listed(("", ""), current_language())


@register.filter
def place_of_clock(zone: object) -> str:
    """Whose clock a zone of the tz database is, in the reader's words: Germany · Berlin."""
    return name_of_clock(str(zone), current_language())


def counted(number: int, language: str) -> str:
    """A whole number as the language writes it: 14,208, ۱۴٬۲۰۸, 14.208 or 14 208."""
    text = format_decimal(number, locale=language)
    return digits_of(text.replace(",", "٬"), language) if language in DIGITS else text


@register.filter
def count(number: int | None) -> str:
    return counted(number or 0, current_language())


@register.filter
def digits(text: Any) -> str:
    """The same text with the reader's own digits."""
    return digits_of(str(text), current_language())


@register.simple_tag
def tongue(language: str) -> SafeString:
    """The attributes of words that stand in another language than the page: said to screen readers, set in its direction."""
    if language == current_language():
        return SafeString("")
    return format_html(' lang="{}" dir="{}"', language, direction_of(language))


@register.filter
def direction(language: str) -> str:
    """In which a language is written: "rtl" or "ltr"."""
    return direction_of(language)


@register.filter
def own_first(names: list[Any]) -> list[Any]:
    """A person's names as the element orders them."""
    own = current_language()
    return sorted(names, key=lambda item: distance(item.language, own))


@register.filter
def in_languages(words: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """{language: words} as pairs, the page's own language first."""
    own = current_language()
    return sorted(words.items(), key=lambda item: distance(item[0], own))


@register.filter
def called(defender: Any) -> str:
    """A published person's name in the reader's language, or as it is on record first."""
    return defender.name_in(current_language()).text


@register.simple_tag
def called_in(defender: Any) -> SafeString:
    """The same where markup can stand: said to screen readers in the language it is in."""
    name = defender.name_in(current_language())
    return format_html('<span lang="{}" dir="{}">{}</span>', name.language, name.direction, name.text)
