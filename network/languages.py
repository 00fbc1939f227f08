"""Languages: which way they run, which calendar leads, and in which others a person's name may stand."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from unicodedata import bidirectional, digit

from babel import Locale
from django.conf import settings
from django.utils.translation import get_language

RIGHT_TO_LEFT = frozenset(
    ["fa", "ar", "ckb", "azb", "bal", "bgn", "glk", "he", "lrc", "mzn", "ps", "sd", "sdh", "ug", "ur", "yi"]
)
JALALI = frozenset({"fa", "ckb"})
# Figures as each language writes them; the others write 0 to 9.
DIGITS = {
    "fa": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"),
    "ar": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"),
    "ckb": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"),
}


def current_language() -> str:
    """The language of the page or mail that is being made; English where none is."""
    return get_language() or "en"


def digits_of(text: str, language: str) -> str:
    """The same text with the figures of a language."""
    return text.translate(DIGITS.get(language, {}))


def fold_digits(text: str) -> str:
    """The same text with every figure as 0 to 9."""
    return "".join(str(digit(sign, sign)) for sign in text)  # type: ignore[arg-type]


def listed(words: Iterable[str], language: str) -> str:
    """Words one after the other, with the comma of a language."""
    return ("، " if language in RIGHT_TO_LEFT else ", ").join(words)


AND = {"en": " and ", "fa": " و ", "ar": " و", "ckb": " و ", "de": " und ", "fr": " et ", "es": " y "}


def with_and(words: Sequence[str], language: str) -> str:
    """Names as a sentence has them: A, B and C."""
    if len(words) < 2 or language not in AND:
        return listed(words, language)
    return f"{listed(words[:-1], language)}{AND[language]}{words[-1]}"


def language_in(code: str, language: str) -> str:
    """What a language is called in another."""
    return str(Locale.parse(language).languages.get(code, code))


def told_apart(readers: Mapping[str, int]) -> list[tuple[str, int]]:
    """[(language, how many read it)], the most first; last, under "", those of languages that fewer than SMALLEST_GROUP read:
    nobody is to be found by what they read."""
    told = [(code, number) for code, number in readers.items() if number >= settings.SMALLEST_GROUP]
    rest = sum(readers.values()) - sum(number for _code, number in told)
    return [*sorted(told, key=lambda one: (-one[1], one[0])), *([("", rest)] if rest else [])]


def direction_of(language: str) -> str:
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


_LATIN = re.compile(r"[A-Za-z]").search


def runs(text: str) -> str:
    """Which way a text runs: "ltr" or "rtl", by its first letter that says so; empty where none does."""
    if text.isascii():
        return "ltr" if _LATIN(text) else ""
    ways = {"L": "ltr", "R": "rtl", "AL": "rtl"}
    return next((ways[kind] for kind in map(bidirectional, text) if kind in ways), "")


def apart(text: str, language: str) -> str:
    """A name within plain text of a language, where no markup can stand: isolated if it runs the other way.

    One that runs the same way stays as it is; not every old telephone hides what isolates."""
    return f"\u2068{text}\u2069" if runs(text) not in ("", direction_of(language)) else text


def distance(language: str, own: str) -> tuple[bool, bool]:
    """Sorts languages for a reader: their own first, then what runs in its direction, so that each starts from its own edge."""
    return language != own, direction_of(language) != direction_of(own)


# Each language by its own name, in the order in which they are offered.
NAMES_OF_LANGUAGES = (
    ("en", "English"),
    ("fa", "فارسی"),
    ("ar", "العربية"),
    ("ckb", "کوردی"),
    ("fr", "Français"),
    ("de", "Deutsch"),
    ("es", "Español"),
)
LANGUAGES = tuple(code for code, _name in NAMES_OF_LANGUAGES)


def ours_or_the_pages(code: str) -> str:
    """The language somebody asks for, where it is one of ours; else the page's."""
    return code if code in LANGUAGES else current_language()


def own_name_of(code: str) -> str:
    """What a language of ours is called by whoever speaks it."""
    return dict(NAMES_OF_LANGUAGES)[code]


# Each with a country, as the Open Graph protocol writes a locale; cb_IQ is its Sorani.
OPEN_GRAPH_LOCALES = {
    "en": "en_GB",
    "fa": "fa_IR",
    "ar": "ar_AR",
    "ckb": "cb_IQ",
    "fr": "fr_FR",
    "de": "de_DE",
    "es": "es_ES",
}

# Names are recorded in whatever language somebody is called in, also where no page speaks it: CLDR's codes of them.
OF_NAMES = [
    "am",
    "ar",
    "az",
    "azb",
    "bal",
    "be",
    "bg",
    "bgn",
    "bn",
    "bo",
    "bs",
    "ca",
    "ckb",
    "cs",
    "da",
    "de",
    "dv",
    "el",
    "en",
    "es",
    "et",
    "eu",
    "fa",
    "ff",
    "fi",
    "fr",
    "ga",
    "gl",
    "glk",
    "gu",
    "ha",
    "he",
    "hi",
    "hr",
    "hu",
    "hy",
    "id",
    "ig",
    "is",
    "it",
    "ja",
    "ka",
    "kab",
    "kk",
    "km",
    "ko",
    "ku",
    "ky",
    "lo",
    "lrc",
    "lt",
    "lv",
    "mk",
    "ml",
    "mn",
    "mr",
    "ms",
    "my",
    "mzn",
    "nb",
    "ne",
    "nl",
    "nn",
    "om",
    "or",
    "pa",
    "pl",
    "ps",
    "pt",
    "ro",
    "ru",
    "rw",
    "sd",
    "sdh",
    "si",
    "sk",
    "sl",
    "so",
    "sq",
    "sr",
    "sv",
    "sw",
    "ta",
    "te",
    "tg",
    "th",
    "ti",
    "tk",
    "tl",
    "tr",
    "tt",
    "ug",
    "uk",
    "ur",
    "uz",
    "vi",
    "wo",
    "xh",
    "yi",
    "yo",
    "zgh",
    "zh",
    "zu",
]


# What CLDR has no name for, by its own.
_OWN_NAMES = {"azb": "تۆرکجه"}


def name_of_language(code: str, reader: str) -> str:
    """What a reader of a language calls one, within a sentence."""
    return str(Locale.parse(reader).languages.get(code) or dict(NAMES_OF_LANGUAGES).get(code, code))


@cache
def languages_of_names(language: str) -> list[tuple[str, str]]:
    """(code, what a reader of `language` calls it): the network's own languages first, by their own names."""
    own = dict(NAMES_OF_LANGUAGES)
    called, english = Locale.parse(language).languages, Locale.parse("en").languages
    others = [
        (code, str(called.get(code) or english.get(code) or _OWN_NAMES[code])) for code in OF_NAMES if code not in own
    ]
    return [*NAMES_OF_LANGUAGES, *sorted(others, key=lambda row: row[1])]
