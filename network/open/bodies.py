"""Bodies too large or too mangled to read are refused before anything else looks at them."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string

from network.api.problems import is_api, problem_page


class BodyLimitMiddleware:
    """413 for a body over DATA_UPLOAD_MAX_MEMORY_SIZE, 400 for one that cannot be read; both as pages in the language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: list, kwargs: dict) -> HttpResponse | None:
        if request.method not in {"POST", "PUT", "PATCH"}:
            return None
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            return _refusal(request, "errors/400.html", 400)
        if length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return _refusal(request, "errors/413.html", 413)
        try:
            request.POST  # noqa: B018  (parses; every later reader sees the same result)
        except (RequestDataTooBig, TooManyFieldsSent):
            return _refusal(request, "errors/413.html", 413)
        except (MultiPartParserError, UnreadablePostError, UnicodeError, ValueError):
            return _refusal(request, "errors/400.html", 400)
        return None


def _refusal(request: HttpRequest, template: str, status: int) -> HttpResponse:
    if is_api(request):
        return problem_page(status, "This body is larger than anything we ask for, or cannot be read.")
    return HttpResponse(render_to_string(template, request=request), status=status)
