"""Paging: a list a page at a time, by links alone; …?from=24 is the page that begins with the 25th."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest


def page_of(request: HttpRequest, rows: Sequence[Any] | QuerySet[Any]) -> dict[str, Any]:
    """{"page": its rows, "first": how many stand before it, "next", "previous": where those pages begin, or None}: what
    elements/pagination.html wants. A page somebody made up is an empty one."""
    try:
        first = max(0, int(request.GET.get("from", "0")[:6]))
    except ValueError:
        first = 0
    found = list(rows[first : first + settings.LIST_ROWS + 1])
    return {
        "page": found[: settings.LIST_ROWS],
        "first": first,
        "next": first + settings.LIST_ROWS if len(found) > settings.LIST_ROWS else None,
        "previous": max(0, first - settings.LIST_ROWS) if first else None,
    }
