"""What every page's frame needs: the same for everyone who reads it in that language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info

from network.languages import direction_of


def chrome(request: HttpRequest) -> dict[str, Any]:
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "language": language,
        "direction": direction_of(language),
        "section": _section(request.path),
        "trial": settings.TRIAL,
        "operator_name": settings.OPERATOR_NAME,
        "languages": [
            {
                "code": code,
                "name": get_language_info(code)["name_local"],
                "direction": direction_of(code),
                "url": translate_url(request.path, code),
                "current": code == language,
            }
            for code, _ in settings.LANGUAGES
        ],
    }


def _section(path: str) -> str:
    """The first part of the path after its language: which entry of the navigation is current."""
    parts = [part for part in path.split("/") if part and part not in dict(settings.LANGUAGES)]
    if parts[:1] == ["organise"]:
        parts = parts[1:] or ["desk"]
    return parts[0] if parts else ""
