"""Words typed into a small form of the workspace: what a text field would accept, cut to its length."""

from __future__ import annotations

import unicodedata

from django.http import HttpRequest


def typed(request: HttpRequest, name: str, *, most: int) -> str:
    """The field without surrounding space and without characters nobody types: NUL, surrogates, controls but newlines."""
    text = "".join(
        character
        for character in request.POST.get(name, "")[: most * 2]
        if character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cs", "Co", "Cn"}
    )
    return text.strip()[:most]
