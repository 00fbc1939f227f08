"""Template elements that need code: dates in two calendars, numbers in the reader's digits, names in two scripts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import jdatetime
from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override

from network.languages import JALALI

register = template.Library()

PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
MONTHS = {
    "fa": "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند",
    "ckb": "خاکەلێوە گوڵان جۆزەردان پووشپەڕ گەلاوێژ خەرمانان ڕەزبەر گەڵاڕێزان سەرماوەز بەفرانبار ڕێبەندان ڕەشەمە",
}


def jalali(day: date | datetime, language: str = "fa") -> str:
    """A date in the Jalali calendar, Persian digits: ۲۴ اردیبهشت ۱۴۰۵."""
    moment = timezone.localtime(day, timezone.get_default_timezone()).date() if isinstance(day, datetime) else day
    converted = jdatetime.date.fromgregorian(date=moment)
    return f"{converted.day} {MONTHS[language].split()[converted.month - 1]} {converted.year}".translate(PERSIAN_DIGITS)


def gregorian(day: date | datetime, language: str) -> str:
    with override(language):
        return date_format(day, "j F Y" if language != "en" else "j M Y")


@register.simple_tag
def both_dates(day: date | datetime | None) -> SafeString | str:
    """A date, Jalali beside Gregorian in Persian and Kurdish, which lead; Gregorian elsewhere."""
    if day is None:
        return ""
    language = get_language() or "en"
    iso = day.date().isoformat() if isinstance(day, datetime) else day.isoformat()
    if language in JALALI:
        return format_html(
            '<time datetime="{}">{} <span lang="en" dir="ltr">({})</span></time>',
            iso,
            jalali(day, language),
            gregorian(day, "en"),
        )
    return format_html('<time datetime="{}">{}</time>', iso, gregorian(day, language))


@register.simple_tag
def dated(day: date | datetime) -> SafeString:
    """A timeline's date, both calendars in every language: the page's own leads."""
    language = get_language() or "en"
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
    """A date as running text, in the page's leading calendar; for mail, where no markup can stand."""
    language = get_language() or "en"
    return jalali(day, language) if language in JALALI else gregorian(day, language)


def counted(number: int, language: str) -> str:
    """A whole number as the language writes it: 14,208 or ۱۴٬۲۰۸."""
    text = f"{number:,}"
    if language in JALALI:
        return text.replace(",", "٬").translate(PERSIAN_DIGITS)
    return text


@register.filter
def count(number: int | None) -> str:
    return counted(number or 0, get_language() or "en")


@register.filter
def digits(text: Any) -> str:
    """The same text with the reader's own digits."""
    return str(text).translate(PERSIAN_DIGITS) if get_language() in JALALI else str(text)


@register.inclusion_tag("elements/entry.html")
def entry(field: Any) -> dict[str, Any]:
    """A labelled control with its hint and its error, tied together for screen readers."""
    if field.errors:
        field.field.widget.attrs["aria-invalid"] = "true"
        field.field.widget.attrs["aria-describedby"] = f"{field.auto_id}_wrong"
    return {"field": field}


@register.inclusion_tag("elements/choice.html")
def choice(field: Any) -> dict[str, Any]:
    """A tick box with its label, hint and error."""
    if field.errors:
        field.field.widget.attrs["aria-invalid"] = "true"
    return {"field": field}


@register.inclusion_tag("elements/name.html")
def name(names: list[Any], tag: str = "h1", css: str = "name") -> dict[str, Any]:
    """A person's names, one child per script, the page's own language first."""
    language = get_language()
    return {"names": sorted(names, key=lambda item: item.language != language), "tag": tag, "css": css}


@register.inclusion_tag("elements/tally.html")
def tally(number: int) -> dict[str, Any]:
    """A tally of strokes, drawn as one path; `each` is how many people one stroke stands for."""
    each = next(size for size in (1, 10, 100, 1_000, 10_000, 100_000, 10**9) if number <= size * 150)
    return {"path": _strokes(number // each), "each": each, "rows": max(1, -(-(number // each) // 50))}


def _strokes(how_many: int) -> str:
    """SVG path of strokes in fives, fifty a row; the slight unevenness is a fixed function of the stroke's place."""
    parts = []
    for place in range(how_many):
        row, column = divmod(place, 50)
        x = 3.0 + column * 6.2 + (column // 5) * 4.0 + (place * 7 % 5) * 0.25
        y = 1.0 + row * 27 + (place * 11 % 4) * 0.6
        lean = -2.6 + (place * 13 % 7) * 0.4
        height = 17.5 + (place * 17 % 6) * 0.55
        parts.append(f"M{x:.1f} {y:.1f}l{lean:.1f} {height:.1f}")
    return "".join(parts)
