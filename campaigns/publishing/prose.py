"""The prose guard: a text about a person names them through slots only, so that consent decides what is shown.

It also knows what else consent may keep back: the other name of an alias, the province, places, people and days that were
put on record as never to be told; in the other script too, as far as it can be heard.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

from campaigns.models import Case, Defender, GuardedWord, PublicationConsent
from campaigns.publishing.days_written import ways_to_write
from campaigns.publishing.folding import fold, fold_each
from campaigns.publishing.markdown import to_html
from campaigns.publishing.numbers_written import written_out
from campaigns.publishing.sounding import is_heard
from campaigns.publishing.ways_to_reach import ways_to_reach
from network.languages import fold_digits

ENDING_MIN_LETTERS = 5
PART_MIN_LETTERS = 3  # a shorter part of a name is too often an ordinary word
ALIAS_MAX_WORDS = 3  # a longer alias describes somebody (a teacher from the north), and its words are everybody's
ARTICLES = frozenset(
    {"the", "a", "an", "le", "la", "les", "un", "una", "une", "el", "los", "las", "der", "die", "das", "ein"}
)
# What stands in names without a capital.
PARTICLES = frozenset({"de", "del", "da", "di", "la", "van", "von", "der", "al", "el", "bin", "bint", "ben"})
SORANI_A = "\u06d5"  # Sorani writes the short a that Persian leaves out: مەریوان is مریوان

Scope = PublicationConsent.Scope
TAG = re.compile(r"<[^>]*>")
HREF = re.compile(r'href="([^"]*)"')
SENTENCE = re.compile(r"[.!?؟\n]+")
HYPHEN = re.compile(r"(?<=\w)[\u002d\u2010-\u2015\u00b7._](?=\w)")
# Single letters with something between them, three or more: N A R G E S, ن.ر.گ.س. They are read as one word.
SPELLED = re.compile(r"(?<!\w)(?:[^\W\d_][\W_]{1,3}){2,}[^\W\d_](?!\w)")
NO_LETTER = re.compile(r"[\W_]+")
# What Persian, Sorani and Arabic write onto a word, folded: a short word is looked for with these, and no other letters.
BEFORE = "و|ب|ل|ف|ک|ال|وال|بال|لل|ول|به"
AFTER = "ی|یی|ای|م|ام|ت|ات|ش|اش|مان|تان|شان|ان|ها|های|هایی|را|جان|خان|هکه|یان|هوه"
ARABIC = re.compile("[\u0600-\u06ff]")
BEFORE_AGE = "aged?|age of|agee?|agee? de|edad de|alter von|سن|عمر|عمرها|عمره|تەمەن"  # folded
AGE_WORDS = "years?|yrs?|yo|سال|سالگی|ساله|ساڵ|سالان|عام|عاما|سنه|ans|jahre?|años"


@dataclass(frozen=True, order=True)
class Finding:
    """Words in a text that may not stand, as they are on record, and why."""

    words: str
    why: str  # "name", "alias", "province", "special", "age", "contact", or a GuardedWord.Kind


def findings(text: str, case: Case, scopes: Collection[str]) -> list[Finding]:
    """Everything in a text that these scopes do not permit to be told of a case; empty means it may stand.

    Looked for in the text as typed and as it is read: rendered, entities opened, links unquoted, words with hyphens joined.
    """
    defender, name_permitted = case.defender, Scope.NAME in scopes
    ways = _ways_to_read(text)
    found = {
        Finding(words, "name") for way in ways for words in naming_words(way, defender, name_permitted=name_permitted)
    }
    folded = [fold(way) for way in ways]
    if not name_permitted and not found:  # on record in one script, and written in the other
        found |= {Finding(words, "name") for words in _forms(defender, parts=True) if is_heard(words, folded)}
    # Beside the name an alias tells whose it is, and alone it would outlive a change of alias: it goes in a slot.
    found |= {
        Finding(words, "alias") for words in _aliases(defender) if _stands_in(folded, words) or is_heard(words, folded)
    }
    if case.province is not None and Scope.PROVINCE not in scopes:
        told = [name for name in case.province.names.values() if _stands_in(folded, name) or is_heard(name, folded)]
        found |= {Finding(name, "province") for name in told}
    for special in defender.special_categories.all():
        if special.category not in scopes and _stands_in(folded, special.words):
            found.add(Finding(special.words, "special"))
    if case.age_at_event is not None and Scope.AGE not in scopes and _tells_age(text, case.age_at_event):
        found.add(Finding(str(case.age_at_event), "age"))
    kept = list(defender.guarded_words.all())
    for guarded in kept:
        stands = any(_stands(folded, form) for form in _folded_forms(guarded.kind, guarded.text))
        if stands or _stand_apart(ways, guarded):
            found.add(Finding(guarded.text, guarded.kind))
    seen = {one.why for one in found}
    found |= {Finding(one.text, one.kind) for one in kept if one.kind not in seen and _sounds(folded, one)}
    found |= {Finding(words, "contact") for way in {text, unescape(unquote(text))} for words in ways_to_reach(way)}
    return sorted(_longest(found))


def _longest(found: Iterable[Finding]) -> list[Finding]:
    """Without the parts of names whose whole was found as well: one thing to mend, said once."""
    rows = list(found)

    def is_part(one: Finding, other: Finding) -> bool:
        same = one.why == other.why and one.why in {"name", "alias"} and one != other
        return same and f" {fold(one.words)} " in f" {fold(other.words)} "

    return [one for one in rows if not any(is_part(one, other) for other in rows)]


def _ways_to_read(text: str) -> list[str]:
    """A text as typed; with its entities opened and its links unquoted; as rendered, without markup; and each of these with
    the hyphens inside words left out; and, beside them, every word that is spelled letter by letter."""
    if not text.strip():
        return []
    rendered = to_html(text)
    plain = unescape(unquote(text))
    ways = {text, plain, unescape(TAG.sub("", rendered)), unquote(unescape(" ".join(HREF.findall(rendered))))}
    # A half-space joins what readers know apart: both are looked at.
    ways |= {way.replace("\u200c", " ") for way in ways}
    ways |= {way.replace(SORANI_A, "") for way in ways}
    ways |= {HYPHEN.sub("", way) for way in ways}
    spelled = {word for way in ways for word in _spelled_out(way)}
    return sorted({*ways, *spelled})


def _spelled_out(text: str) -> Iterator[str]:
    """Every word that stands letter by letter, joined: a name, or first name and surname in one."""
    for found in SPELLED.finditer(text):
        yield NO_LETTER.sub("", found.group())


def _stands_in(folded: Collection[str], words: str) -> bool:
    return any(_stands(folded, fold(way)) for way in {words, words.replace(SORANI_A, "")})


def _stands(folded: Iterable[str], needle: str) -> bool:
    """Whether a folded word stands in any of the folded ways; looked for as letters first, which is quick and seldom so."""
    return bool(needle) and any(needle in way and _looking_for(needle).search(way) for way in folded)


@lru_cache(maxsize=4096)
def _looking_for(needle: str) -> re.Pattern[str]:
    """A folded word wherever one begins: a longer one with any ending (کریمی in کریمی‌ها), a short one as it is or with what
    its language writes onto it (رضای, سقزی, بمریم)."""
    before = f"(?:{BEFORE})?" if ARABIC.search(needle) else ""
    if len(needle) >= ENDING_MIN_LETTERS:
        return re.compile(f"(?<!\\S){before}{re.escape(needle)}")
    after = f"(?:{AFTER})?" if before else ""
    return re.compile(f"(?<!\\S){before}{re.escape(needle)}{after}(?!\\S)")


def _tells_age(text: str, age: int) -> bool:
    """The age, in figures or in words, beside a word for years or age; in figures also between two commas after a name."""
    plain, folded = fold_digits(text), fold(text)
    told = "|".join(sorted({fold(form) for form in written_out(age)}, key=len, reverse=True))
    if told and (
        re.search(rf"\b(?:{told}) ?(?:(?:{fold_each(AGE_WORDS)})\b|jahr\w*)", folded)
        or re.search(rf"\b(?:{fold_each(BEFORE_AGE)}) (?:{told})\b", folded)
    ):
        return True
    return bool(
        re.search(rf"(?<!\d){age}[\s\u200c-]*(?:{AGE_WORDS})", plain, re.IGNORECASE)
        or re.search(rf"(?:\bage[d]?|سن|عمر\w*|\bâgé\w*|\bedad)\s*(?:of\s*)?{age}(?!\d)", plain, re.IGNORECASE)
        or re.search(rf"[,،]\s*{age}\s*[,،.]", plain)
    )


def _sounds(folded: Iterable[str], guarded: GuardedWord) -> bool:
    """Written in the other script: what is never to be told in one is never to be told in any."""
    if guarded.kind == GuardedWord.Kind.DATE:
        return False
    pieces = guarded.text.split() if guarded.kind == GuardedWord.Kind.PERSON else []
    return any(is_heard(words, folded) for words in (guarded.text, *pieces))


def _stand_apart(ways: Iterable[str], guarded: GuardedWord) -> bool:
    """Every word of a guarded place in one sentence, in whatever order: ward 209 of Evin for Evin ward 209."""
    pieces = fold(guarded.text).split() if guarded.kind == GuardedWord.Kind.PLACE else []
    if len(pieces) < 2:
        return False
    sentences = [fold(sentence) for way in ways for sentence in SENTENCE.split(way)]
    return any(all(_stands_in([sentence], piece) for piece in pieces) for sentence in sentences)


@lru_cache(maxsize=4096)
def _folded_forms(kind: str, text: str) -> tuple[str, ...]:
    """Everything a guarded word may be written as, folded, each once; a day has some hundreds."""
    forms = [way for form in _forms_of(kind, text) for way in (form, form.replace(SORANI_A, ""))]
    return tuple(dict.fromkeys(fold(form) for form in forms))


def _forms_of(kind: str, text: str) -> Iterator[str]:
    if kind == GuardedWord.Kind.PERSON:
        yield from (piece for piece in text.split() if len(fold(piece)) >= PART_MIN_LETTERS)
    if kind != GuardedWord.Kind.DATE:
        yield text
        return
    try:
        yield from ways_to_write(date.fromisoformat(text))
    except ValueError:  # no day, or one that no calendar here reaches: then the words themselves
        yield text


def naming_words(text: str, defender: Defender, *, name_permitted: bool) -> list[str]:
    """The name forms of a defender that a text contains, as recorded; empty means the text may stand.

    A whole name is always refused: it belongs in a slot. Where the name may not be shown, its parts are refused too.
    """
    folded = fold(text)
    joined = folded.replace(" ", "")
    found = []
    for form in _forms(defender, parts=not name_permitted):
        needle = fold(form)
        turned = " ".join(reversed(needle.split()))  # surname first
        # A full name is found even when its words are written together.
        together = " " in needle and (needle.replace(" ", "") in joined or turned.replace(" ", "") in joined)
        if together or _stands_in([folded], form):
            found.append(form)
    return found


def _forms(defender: Defender, *, parts: bool) -> Iterable[str]:
    for name in defender.names.all():
        if name.kind == name.Kind.ALIAS:
            continue
        yield name.text
        if parts:
            yield from _parts(name.text)
            if name.short:
                yield name.short


def _parts(name: str) -> list[str]:
    """Whole words of a name as written, and their pieces: a ZWNJ or hyphen joins what readers know apart."""
    pieces = {*name.split(), *re.split(r"[\s\u200c\-\u2010-\u2015]+", name)}
    return sorted(piece for piece in pieces if len(fold(piece)) >= PART_MIN_LETTERS)


def _aliases(defender: Defender) -> Iterator[str]:
    """Every alias, and the parts of those that are names. One that describes somebody in any language does in all of them:
    its words are looked for together only, or no text could say what the person did."""
    aliases = [name for name in defender.names.all() if name.kind == name.Kind.ALIAS]
    are_names = not any(_describes(name.text) for name in aliases)
    for name in aliases:
        yield name.text
        if name.short:
            yield name.short
        if are_names:
            yield from _parts(name.text)


def _describes(alias: str) -> bool:
    """Too long for a name, or, in a script with capitals, begun with an article or with a word that has no capital."""
    words = [word for word in re.split(r"[\s\-\u2010-\u2015]+", alias) if word]
    full = [word for word in words if word not in PARTICLES]
    begins_with_article = bool(words) and words[0].casefold() in ARTICLES
    return len(full) > ALIAS_MAX_WORDS or begins_with_article or any(word[0].islower() for word in full)
