"""Folding: two spellings of one word become one, across Latin, Persian and Arabic habits of writing."""

from __future__ import annotations

import re
import unicodedata

# Arabic and Persian letters that stand for each other in names as people type them.
_LETTERS = str.maketrans(
    {
        "ي": "ی",
        "ى": "ی",
        "ئ": "ی",
        "ك": "ک",
        "ة": "ه",
        "ۀ": "ه",
        "ۂ": "ه",
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ؤ": "و",
        "ـ": None,
        # As Sorani, Urdu and Uyghur keyboards write the same names.
        "ھ": "ه",
        "ہ": "ه",
        "ە": "ه",
        "ێ": "ی",
        "ې": "ی",
        "ڵ": "ل",
        "ڕ": "ر",
        "ۆ": "و",
        "ۇ": "و",
        "ڤ": "و",
        # Letters that no normal form takes apart.
        "ı": "i",
        "ł": "l",
        "đ": "d",
        "ø": "o",
        "ß": "ss",
        # Letters that look Latin and are not.
        **dict(zip("авеԁһіјӏорԛѕтухԝкмнсг", "abedhijlopqstyxwkmhcr", strict=True)),
        **dict(zip("αβεικνορτυχ", "abeiknoptux", strict=True)),
        # Characters that are letters to Unicode and nothing to the eye.
        "\u115f": None,
        "\u1160": None,
        "\u3164": None,
        "\uffa0": None,
    }
)
_BETWEEN = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Lower case, no diacritics, no joiners, one letter for each pair of look-alikes, ASCII digits, single spaces."""
    text = unicodedata.normalize("NFKD", text.translate(_LETTERS)).casefold()
    kept = []
    for character in text:
        category = unicodedata.category(character)
        if category in {"Mn", "Cf"}:
            continue
        kept.append(str(unicodedata.digit(character)) if category == "Nd" else character)
    return _BETWEEN.sub(" ", "".join(kept).translate(_LETTERS)).strip()


def fold_each(alternatives: str) -> str:
    """The same alternatives of a pattern, "a|b", each folded; a question mark after a letter stays."""
    return "|".join("?".join(fold(piece) for piece in one.split("?")) for one in alternatives.split("|"))
