"""Sounding: whether a word in one script may be a word that is on record in the other. Sanandaj and سنندج sound alike.

Vowels, and letters that stand for vowels in one script and not in the other, are left out; what remains of a word is compared
whole. It finds too much rather than too little, so short words are left alone: two letters sound like many words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from campaigns.publishing.folding import fold

SHORTEST = 4  # letters of what remains
_ARABIC = re.compile("[\u0600-\u06ff]")
_LATIN_PAIRS = (("sh", "S"), ("ch", "C"), ("kh", "X"), ("zh", "J"), ("gh", "Q"), ("ph", "f"), ("th", "s"), ("dj", "j"))
_LATIN = str.maketrans({**dict.fromkeys("aeiouywvh", None), "q": "Q", "x": "X", "c": "k"})
_LETTERS = str.maketrans(
    {
        **dict.fromkeys("اویهعء", None),
        **dict(zip("بپتطثسصجچخدذزضظرژشغقفکگلمنح", "bpttsssjCXdzzzzrJSQQfkglmn\0", strict=True)),
    }
)


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """What is left of a folded word, of either script, in one alphabet; doubled letters once."""
    if _ARABIC.search(word):
        left = word.translate(_LETTERS).replace("\0", "")
    else:
        for pair, one in _LATIN_PAIRS:
            word = word.replace(pair, one)
        left = word.translate(_LATIN)
    return re.sub(r"(.)\1+", r"\1", left)


def is_heard(words: str, folded: Iterable[str]) -> bool:
    """Whether these words, one after the other, sound in any of the folded texts, where they stand in the other script."""
    needle = fold(words).split()
    sounds = [sound(word) for word in needle]
    if sum(map(len, sounds)) < SHORTEST or max(map(len, sounds)) < SHORTEST - 1:
        return False
    is_arabic = bool(_ARABIC.search(words))
    return any(_stands(sounds, way, is_arabic=is_arabic) for way in folded)


def _stands(sounds: list[str], text: str, *, is_arabic: bool) -> bool:
    heard = [sound(word) if bool(_ARABIC.search(word)) != is_arabic else "" for word in text.split()]
    first = sounds[0]
    return any(one == first and heard[place : place + len(sounds)] == sounds for place, one in enumerate(heard) if one)
