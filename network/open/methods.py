"""An address that only takes a form, opened as a page (from the history, by a link somebody kept), says so in words."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from network.api.problems import is_api
from network.open.errors import refusal
from network.refusals import OnlyTakesForms


class MethodMiddleware:
    """Gives an answer of 405 that has no body its page. The API says it in its own form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if not isinstance(answer, HttpResponseNotAllowed) or answer.content or is_api(request):
            return answer
        page = refusal(request, OnlyTakesForms())
        page["Allow"] = answer["Allow"]
        return page
