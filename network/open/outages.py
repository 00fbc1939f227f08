"""When the database is away the visitor gets a page that says so, with status 503; nothing is half-written."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from network.api.problems import is_api, problem_page

logger = logging.getLogger(__name__)


class OutageMiddleware:
    """Turns a lost or missing database into a calm page. Every flow is one transaction, so nothing is left half done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        except (OperationalError, InterfaceError) as error:
            logger.error("the database is away: %s", type(error).__name__)
            return away(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, OperationalError | InterfaceError):
            logger.error("the database is away: %s", type(exception).__name__)
            return away(request)
        return None


def away(request: HttpRequest) -> HttpResponse:
    """The page that says so, or the problem where a machine asks."""
    if is_api(request):
        response = problem_page(503, "The database is away. Ask again in half a minute.")
    else:
        response = HttpResponse(render_to_string("errors/503.html", request=request), status=503)
    response["Retry-After"] = "30"
    response["Cache-Control"] = "no-store"
    return response
