"""The error pages, to be looked at in a trial: nobody can make a database vanish only to see what is said then."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from network.open import errors, outages

PAGES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "400": errors.malformed,
    "403": errors.refused,
    "404": errors.missing,
    "410": errors.gone,
    "413": lambda request: render(request, "errors/413.html", status=413),
    "429": lambda request: render(request, "429.html", status=429),
    "500": errors.broken,
    "503": outages.away,
    "stale-form": errors.forged,
}


@require_safe
def error_page(request: HttpRequest, language: str, name: str) -> HttpResponse:
    """One of them, in a language, as whoever meets it sees it."""
    if name not in PAGES:
        raise Http404
    with translation.override(language):
        return PAGES[name](request)
