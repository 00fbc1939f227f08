"""What every page's frame needs: the same for everyone who reads it in that language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

from network.languages import direction_of


def chrome(request: HttpRequest) -> dict[str, Any]:
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "language": language,
        "direction": direction_of(language),
        "section": _section(request.path),
        "site_url": settings.SITE_URL,
        "trial": settings.TRIAL,
        "operator_name": settings.OPERATOR_NAME,
        "languages": languages_at(request.path),
    }


def languages_at(path: str) -> list[dict[str, Any]]:
    """The languages a path may be read in, each with its address."""
    current = get_language() or settings.LANGUAGE_CODE
    return [
        {
            "code": code,
            "name": name,
            "direction": direction_of(code),
            "url": translate_url(path, code),
            "current": code == current,
        }
        for code, name in settings.LANGUAGES
        if not in_workspace(path) or code in settings.WORKSPACE_LANGUAGES
    ]


def parts_of(path: str) -> list[str]:
    """The parts of a path after its language: ["organise", "cases", "7"]."""
    parts = [part for part in path.split("/") if part]
    return parts[1:] if parts and parts[0] in dict(settings.LANGUAGES) else parts


def in_workspace(path: str) -> bool:
    return parts_of(path)[:1] == ["organise"]


def _section(path: str) -> str:
    """The first part of the path after its language: which entry of the navigation is current."""
    parts = parts_of(path)
    if parts[:1] == ["organise"]:
        parts = parts[1:] or ["desk"]
    return parts[0] if parts else ""
