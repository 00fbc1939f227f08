"""Words typed into a small form of the workspace: what a text field would accept, cut to its length."""

from __future__ import annotations

import unicodedata

from django.core.cache import cache
from django.http import HttpRequest

ONCE_SECONDS = 3600


def typed(request: HttpRequest, name: str, *, most: int) -> str:
    """The field without surrounding space and without characters nobody types: NUL, surrogates, controls but newlines."""
    text = "".join(
        character
        for character in request.POST.get(name, "")[: most * 2]
        if character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cs", "Co", "Cn"}
    )
    return text.strip()[:most]


def first_time(request: HttpRequest) -> bool:
    """Whether this form is sent for the first time, by the mark in its field `once`; a form without one always is. With
    the cache away nobody can tell, and it counts as the first."""
    mark = request.POST.get("once", "")[:40]
    return (
        not mark
        or bool(cache.add(f"once:{request.user.pk}:{mark}", True, timeout=ONCE_SECONDS))
        or not cache.get(f"once:{request.user.pk}:{mark}")
    )
