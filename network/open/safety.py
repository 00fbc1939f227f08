"""/safety/: what somebody should know before they act, and what they can do when it has become unsafe.

The wording is versioned content (network/safety/<version>.json) with a `reviewed` flag per language: where a second reader
has not compared a translation yet, readers get the nearest language that was, and are told so.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from network.languages import current_language, direction_of, name_of_language

SHIPPED = Path(__file__).resolve().parent.parent / "safety"
VERSION = 1
# Whom a reader of a language most likely reads as well; English ends every row.
NEAREST = {"ckb": ("fa", "ar")}


@dataclass(frozen=True)
class Part:
    id: str
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class SafetyText:
    language: str
    parts: tuple[Part, ...]
    is_readers_own: bool  # else it is shown in another language, and labelled
    called: str  # its language, as the reader calls it

    @property
    def direction(self) -> str:
        return direction_of(self.language)

    def part(self, name: str) -> Part:
        return next(part for part in self.parts if part.id == name)


@cache
def _shipped() -> dict[str, Any]:
    return json.loads((SHIPPED / f"{VERSION}.json").read_text(encoding="utf-8"))["texts"]


def safety_text(language: str) -> SafetyText:
    """In the reader's language where it was reviewed, else in the nearest that was."""
    texts = _shipped()
    wanted = (language, *NEAREST.get(language, ()), "en")
    code = next(one for one in wanted if texts.get(one, {}).get("reviewed"))
    parts = tuple(Part(one["id"], one["title"], tuple(one["paragraphs"])) for one in texts[code]["parts"])
    return SafetyText(
        language=code, parts=parts, is_readers_own=code == language, called=name_of_language(code, language)
    )


@require_safe
def safety(request: HttpRequest) -> HttpResponse:
    response = render(request, "open/safety.html", {"text": safety_text(current_language())})
    response["Cache-Control"] = f"public, max-age={settings.PAGE_CACHE_SECONDS}"
    return response
