"""Which middleware runs for which surface, and the language a path speaks.

Open pages (home, campaigns, join, confirmation and unsubscribe links) run without session, CSRF cookie, user or
messages. Personal pages (/me/, /accounts/, /organise/) run with all of them and are never stored by a cache.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.http import ConditionalGetMiddleware
from django.middleware.security import SecurityMiddleware
from django.urls import translate_url
from django.utils import translation
from django.utils.cache import add_never_cache_headers

from network.api.problems import is_api
from network.open.chrome import in_workspace, parts_of

Answer = Callable[[HttpRequest], HttpResponse]

PERSONAL_ROOTS = ("me", "accounts", "organise")
TRIAL_PERSONAL_ROOTS = ("trial",)  # the sign-in links of a trial start a session


def is_personal(request: HttpRequest) -> bool:
    """Whether the path belongs to the personal surface, whatever its language prefix."""
    parts = parts_of(request.path_info)
    roots = PERSONAL_ROOTS + (TRIAL_PERSONAL_ROOTS if settings.TRIAL else ())
    return bool(parts) and parts[0] in roots


def personal(middleware: type) -> type:
    """A middleware class that runs `middleware` on personal pages and steps aside on open ones."""

    class OnPersonalPages:
        def __init__(self, get_response: Answer) -> None:
            self.get_response = get_response
            self.inner = middleware(get_response)

        def __call__(self, request: HttpRequest) -> HttpResponse:
            return self.inner(request) if is_personal(request) else self.get_response(request)

        def process_view(self, request: HttpRequest, *args: Any) -> HttpResponse | None:
            hook = getattr(self.inner, "process_view", None)
            return hook(request, *args) if hook and is_personal(request) else None

    OnPersonalPages.__name__ = f"Personal{middleware.__name__}"
    return OnPersonalPages


PersonalSession = personal(SessionMiddleware)
PersonalCsrf = personal(CsrfViewMiddleware)
PersonalAuthentication = personal(AuthenticationMiddleware)
PersonalMessages = personal(MessageMiddleware)


class TransportMiddleware(SecurityMiddleware):
    """TLS everywhere but on the onion service, which encrypts by itself and has no certificate; and where that one is."""

    def process_request(self, request: HttpRequest) -> HttpResponsePermanentRedirect | None:
        return None if self._is_onion(request) else super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if settings.ONION_URL and is_page and not self._is_onion(request):
            response.headers["Onion-Location"] = f"{settings.ONION_URL}{request.get_full_path()}"
        return super().process_response(request, response)  # type: ignore[return-value]

    @staticmethod
    def _is_onion(request: HttpRequest) -> bool:
        return bool(settings.ONION_URL) and request.get_host() == urlsplit(settings.ONION_URL).netloc


class ApiEntityTags:
    """Answers of the API carry an ETag, and a client that shows it gets 304 while nothing changed."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.inner = ConditionalGetMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        return self.inner.process_response(request, answer) if is_api(request) else answer  # type: ignore[return-value]


class PersonalNoStore:
    """Personal pages are kept by no cache, shared or private."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_personal(request):
            add_never_cache_headers(response)
        return response


class UrlLanguageMiddleware:
    """The path decides the language, and only the path: /fa/… is Persian, no prefix is English.

    Django's LocaleMiddleware would also look at cookies and Accept-Language, so the same address would not have the
    same bytes for everyone.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(language):
            if language not in settings.WORKSPACE_LANGUAGES and in_workspace(request.path_info):
                # Organisers work in fewer languages than readers read; a link from an open page must lead somewhere.
                return HttpResponseRedirect(translate_url(request.get_full_path(), settings.LANGUAGE_CODE))
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class OpenSurfaceMiddleware:
    """Open pages see no cookie, even when the browser sends one, and set none."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_personal(request):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")  # whoever may be kept says so itself
        if response.cookies:
            raise AssertionError(f"{request.path} is an open page and may not set a cookie")
        return response
