"""The prose guard: a text about a person names them through slots only, so that consent decides what is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from campaigns.models import Defender
from campaigns.publishing.folding import fold

ENDING_MIN_LETTERS = 5
PART_MIN_LETTERS = 3  # a shorter part of a name is too often an ordinary word


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
