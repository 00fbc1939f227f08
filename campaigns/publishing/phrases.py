"""Phrases looked for in a text: whole words, folded as names are; * stands for any ending, … for up to three words between."""

from __future__ import annotations

import re
from functools import cache

from campaigns.publishing.folding import fold

HALF_SPACE = "\u200c"


def found_in(text: str, phrases: tuple[str, ...]) -> list[str]:
    """Which words of a text one of the phrases means, folded, each once, in the order of the alphabet."""
    ways = {fold(text), fold(text.replace(HALF_SPACE, " "))}  # it joins what others write apart
    return sorted({match.group(1) for way in ways for match in _pattern(phrases).finditer(f" {way} ")})


@cache
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"(?<= )({'|'.join(sorted({_as_pattern(one) for one in phrases}))})(?= )")


def _as_pattern(phrase: str) -> str:
    words = []
    for word in phrase.split():
        if word == "…":
            words.append(r"(?:\S+ ){0,3}?")
        else:
            kept = " ".join(re.escape(part) for part in fold(word.removesuffix("*")).split())
            words.append(kept + (r"\S*" if word.endswith("*") else "") + " ")
    return "".join(words).rstrip()
