"""The prose guard: a text about a person names them through slots only, so that consent decides what is shown.

It also knows what else consent may keep back: the other name of an alias, the province, places, people and days that were
put on record as never to be told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from urllib.parse import unquote

import jdatetime
from babel.dates import get_month_names

from campaigns.models import Case, Defender, GuardedWord, PublicationConsent
from campaigns.publishing.folding import fold
from campaigns.publishing.markdown import to_html
from network.languages import NAMES_OF_LANGUAGES

ENDING_MIN_LETTERS = 5
PART_MIN_LETTERS = 3  # a shorter part of a name is too often an ordinary word

Scope = PublicationConsent.Scope
TAG = re.compile(r"<[^>]*>")
HREF = re.compile(r'href="([^"]*)"')
MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")
MESSENGER = re.compile(r"(?:t\.me|telegram\.me|wa\.me|signal\.me|instagram\.com)/[\w+./-]+", re.IGNORECASE)
HANDLE = re.compile(r"(?<![\w.@/])@\w{4,}(?!\.?\w*@)")
# International, or national with its leading zero: a year, a day or the number of a file is neither.
PHONE = re.compile(r"(?<![\w/.-])(?:\+|00|0(?=[1-9]))\d(?:[ ()\u2010-\u2015-]{0,2}\d){8,14}(?!\w)")
HYPHEN = re.compile(r"(?<=\w)[\u002d\u2010-\u2015\u00b7._](?=\w)")
# Babel knows the Gregorian months of every language; these are the Jalali ones as Persian and Sorani write them.
JALALI_MONTHS = (
    "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند",
    "خاکەلێوە گوڵان جۆزەردان پووشپەڕ گەلاوێژ خەرمانان ڕەزبەر گەڵاڕێزان سەرماوەز بەفرانبار ڕێبەندان ڕەشەمە",
)


@dataclass(frozen=True, order=True)
class Finding:
    """Words in a text that may not stand, as they are on record, and why."""

    words: str
    why: str  # "name", "alias", "province", "special", "contact", or a GuardedWord.Kind


def findings(text: str, case: Case, scopes: Collection[str]) -> list[Finding]:
    """Everything in a text that these scopes do not permit to be told of a case; empty means it may stand.

    Looked for in the text as typed and as it is read: rendered, entities opened, links unquoted, words with hyphens joined.
    """
    defender, name_permitted = case.defender, Scope.NAME in scopes
    ways = _ways_to_read(text)
    found = {
        Finding(words, "name") for way in ways for words in naming_words(way, defender, name_permitted=name_permitted)
    }
    folded = [f" {fold(way)} " for way in ways]
    for name in defender.names.all():
        # Beside the name an alias tells whose it is, and alone it would outlive a change of alias: it goes in a slot.
        if name.kind == name.Kind.ALIAS and _stands_in(folded, name.text):
            found.add(Finding(name.text, "alias"))
    if case.province is not None and Scope.PROVINCE not in scopes:
        found |= {Finding(name, "province") for name in case.province.names.values() if _stands_in(folded, name)}
    for special in defender.special_categories.all():
        if special.category not in scopes and _stands_in(folded, special.words):
            found.add(Finding(special.words, "special"))
    for guarded in defender.guarded_words.all():
        if any(_stands_in(folded, form) for form in _forms_of(guarded)):
            found.add(Finding(guarded.text, guarded.kind))
    found |= {Finding(words, "contact") for way in {text, unescape(unquote(text))} for words in ways_to_reach(way)}
    return sorted(_longest(found))


def ways_to_reach(text: str) -> Iterator[str]:
    """E-mail addresses, telephone numbers and accounts of messengers in a text: whoever calls them may endanger somebody.
    Officials are reached through a Target, which has fields for that."""
    plain = "".join(str(unicodedata.digit(sign, sign)) for sign in unicodedata.normalize("NFKC", text))  # type: ignore[arg-type]
    for pattern in (MAIL, MESSENGER, HANDLE, PHONE):
        yield from (found.group() for found in pattern.finditer(plain))


def _longest(found: Iterable[Finding]) -> list[Finding]:
    """Without the parts of names whose whole was found as well: one thing to mend, said once."""
    rows = list(found)
    return [
        one
        for one in rows
        if not any(
            other != one and other.why == one.why == "name" and f" {fold(one.words)} " in f" {fold(other.words)} "
            for other in rows
        )
    ]


def _ways_to_read(text: str) -> list[str]:
    """A text as typed; with its entities opened and its links unquoted; as rendered, without markup; and each of these with
    the hyphens inside words left out."""
    if not text.strip():
        return []
    rendered = to_html(text)
    plain = unescape(unquote(text))
    ways = {text, plain, unescape(TAG.sub("", rendered)), unquote(unescape(" ".join(HREF.findall(rendered))))}
    return sorted({*ways, *(HYPHEN.sub("", way) for way in ways)})


def _stands_in(folded: Iterable[str], words: str) -> bool:
    needle = fold(words)
    if not needle:
        return False
    start = f" {needle}" if len(needle) >= ENDING_MIN_LETTERS else f" {needle} "
    return any(start in way for way in folded)


def _forms_of(guarded: GuardedWord) -> Iterator[str]:
    if guarded.kind == GuardedWord.Kind.PERSON:
        yield from (piece for piece in guarded.text.split() if len(fold(piece)) >= PART_MIN_LETTERS)
    if guarded.kind != GuardedWord.Kind.DATE:
        yield guarded.text
        return
    try:
        yield from ways_to_write(date.fromisoformat(guarded.text))
    except ValueError:  # no day, or one that no calendar here reaches: then the words themselves
        yield guarded.text


def ways_to_write(day: date) -> Iterator[str]:
    """A day as people write it, in both calendars: in words, also without the year, and in figures. Raises ValueError for a
    day before the Jalali calendar begins."""
    jalali = jdatetime.date.fromgregorian(date=day)
    ordinal = {1: "st", 21: "st", 31: "st", 2: "nd", 22: "nd", 3: "rd", 23: "rd"}.get(day.day, "th")
    for language, _name in NAMES_OF_LANGUAGES:
        for width in ("wide", "abbreviated"):
            month = get_month_names(width, locale=language)[day.month]
            yield f"{day.day} {month}"
            yield f"{month} {day.day}"
            yield f"{day.day}{ordinal} {month}"
            yield f"{day.day}{ordinal} of {month}"
            yield f"{month} {day.day}{ordinal}"
    for months in JALALI_MONTHS:
        yield f"{jalali.day} {months.split()[jalali.month - 1]}"
    for year, number, of_month in ((day.year, day.month, day.day), (jalali.year, jalali.month, jalali.day)):
        yield f"{year}{number:02}{of_month:02}"
        for short in (year, year % 100):
            for parts in ((short, number, of_month), (of_month, number, short), (number, of_month, short)):
                yield "-".join(str(part) for part in parts)
                yield "-".join(f"{part:02}" for part in parts)


def naming_words(text: str, defender: Defender, *, name_permitted: bool) -> list[str]:
    """The name forms of a defender that a text contains, as recorded; empty means the text may stand.

    A whole name is always refused: it belongs in a slot. Where the name may not be shown, its parts are refused too.
    """
    folded = f" {fold(text)} "
    joined = folded.replace(" ", "")
    found = []
    for form in _forms(defender, parts=not name_permitted):
        needle = fold(form)
        if not needle:
            continue
        whole = " " in needle  # a full name is found even when its words are written together
        # Longer words are found with an ending too: کریمی in کریمی‌ها.
        start = f" {needle}" if len(needle) >= ENDING_MIN_LETTERS else f" {needle} "
        if start in folded or (whole and needle.replace(" ", "") in joined):
            found.append(form)
    return found


def _forms(defender: Defender, *, parts: bool) -> Iterable[str]:
    for name in defender.names.all():
        if name.kind == name.Kind.ALIAS:
            continue
        yield name.text
        if parts:
            # Whole words as written, and their pieces: a ZWNJ or hyphen joins what readers know apart.
            pieces = {*name.text.split(), *re.split(r"[\s\u200c\-\u2010-\u2015]+", name.text)}
            yield from sorted(piece for piece in pieces if len(fold(piece)) >= PART_MIN_LETTERS)
            if name.short:
                yield name.short
