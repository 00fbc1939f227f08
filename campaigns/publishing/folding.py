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
