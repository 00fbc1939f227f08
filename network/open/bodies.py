"""Bodies too large or too mangled to read are refused before anything else looks at them."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string

from network.api.problems import is_api, problem_page
from network.open.chrome import in_workspace
from network.permissions import works_anywhere


class BodyLimitMiddleware:
    """413 for a body over OPEN_FORM_BYTES (in the workspace DATA_UPLOAD_MAX_MEMORY_SIZE), 400 for one that cannot be read;
    both as pages in the language."""

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
        if length > _most(request, view):
            return _refusal(request, "errors/413.html", 413)
        try:
            request.POST  # noqa: B018  (parses; every later reader sees the same result)
        except (RequestDataTooBig, TooManyFieldsSent):
            return _refusal(request, "errors/413.html", 413)
        except (MultiPartParserError, UnreadablePostError, UnicodeError, ValueError):
            return _refusal(request, "errors/400.html", 400)
        return None


def takes(most_bytes: int, *, anybody: bool = False) -> Callable[[Callable], Callable]:
    """Decorate a view, outermost, that takes a larger body than a form's. Only from somebody signed in who works here, unless
    it says otherwise: nobody else is let fill our memory."""

    def decorate(view: Callable) -> Callable:
        view.takes_bytes, view.takes_from_anybody = most_bytes, anybody  # type: ignore[attr-defined]
        return view

    return decorate


def _most(request: HttpRequest, view: Callable) -> int:
    in_work = settings.DATA_UPLOAD_MAX_MEMORY_SIZE if in_workspace(request.path_info) else 0
    larger = getattr(view, "takes_bytes", in_work)
    if getattr(view, "takes_from_anybody", False):
        return larger
    user = getattr(request, "user", None)
    return larger if larger and user is not None and works_anywhere(user) else settings.OPEN_FORM_BYTES


def _refusal(request: HttpRequest, template: str, status: int) -> HttpResponse:
    if is_api(request):
        return problem_page(status, "This body is larger than anything we ask for, or cannot be read.")
    return HttpResponse(render_to_string(template, request=request), status=status)
