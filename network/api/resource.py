"""Resource: what every address of the API has in common. Reading, a language, a cache time, cursor pages."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any, TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated, ParseError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from network.api.authentication import HasScope, KeyAuthentication
from network.api.throttling import PerMinute
from network.models import ApiKey, Organisation

Item = TypeVar("Item")


class Resource(APIView):
    """GET and HEAD, JSON, by key or without. `scope`: what a key must have; empty: open to everybody."""

    authentication_classes = [KeyAuthentication]
    permission_classes = [HasScope]
    throttle_classes = [PerMinute]
    renderer_classes = [JSONRenderer]
    parser_classes: list[Any] = []
    scope = ""
    language = settings.LANGUAGE_CODE

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.now = timezone.now()
        language = request.query_params.get("language", settings.LANGUAGE_CODE)
        if language not in dict(settings.LANGUAGES):
            raise ParseError(f"language: one of {', '.join(dict(settings.LANGUAGES))}.")
        translation.activate(language)  # until the middleware that reads the path takes it back
        self.language = language

    def perform_authentication(self, request: Request) -> None:
        """A wrong key counts too, against whoever shows it: nobody tries keys for ever."""
        try:
            super().perform_authentication(request)
        except AuthenticationFailed:
            throttle = PerMinute()
            if not throttle.allow_client(request):
                self.throttled(request, throttle.wait())
            raise

    def permission_denied(self, request: Request, message: str | None = None, code: str | None = None) -> None:
        if request.auth is None:  # no key at all: 401 says how to bring one
            raise NotAuthenticated("This needs a key: Authorization: Bearer hk_…")
        super().permission_denied(request, message, code)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(response, ["Authorization"])
        if not response.has_header("Cache-Control"):
            known = getattr(request, "auth", None) is not None
            age = "private, no-cache" if known else f"public, max-age={settings.PAGE_CACHE_SECONDS}"
            response["Cache-Control"] = age
        response["Content-Language"] = self.language
        return response

    @property
    def organisation(self) -> Organisation | None:
        """Whose key was shown; None without one."""
        key = self.request.auth
        return key.organisation if isinstance(key, ApiKey) else None


def page_of(
    request: Request, items_after: Callable[[int], Iterable[Item]], *, id_of: Callable[[Item], int]
) -> tuple[list[Item], str | None]:
    """One page and the address of the next, or None at the end.

    items_after(id): what follows an id, ascending by id, so that a cursor stays true while rows come and go.
    """
    limit = limit_of(request)
    found = list(islice(items_after(_position(request)), limit + 1))
    page = found[:limit]
    if len(found) <= limit:
        return page, None
    query = request.query_params.copy()
    sealed = AESSIV(_key()).encrypt(id_of(page[-1]).to_bytes(8, "big"), [request.path.encode()])
    query["cursor"] = base64.urlsafe_b64encode(sealed).decode().rstrip("=")
    return page, f"{settings.SITE_URL}{request.path}?{query.urlencode()}"


def paged(results: list[Any], following: str | None) -> Response:
    return Response({"results": results, "next": following})


def limit_of(request: Request) -> int:
    text = request.query_params.get("limit", str(settings.API_PAGE_ROWS))
    if not re.fullmatch("[0-9]{1,4}", text) or not 1 <= int(text) <= settings.API_PAGE_ROWS_MAX:
        raise ParseError(f"limit: a whole number from 1 to {settings.API_PAGE_ROWS_MAX}.")
    return int(text)


def _position(request: Request) -> int:
    text = request.query_params.get("cursor", "")
    if not text:
        return 0
    try:
        sealed = base64.urlsafe_b64decode(f"{text}==")
        return int.from_bytes(AESSIV(_key()).decrypt(sealed, [request.path.encode()]), "big")
    except (ValueError, binascii.Error, InvalidTag):
        raise ParseError("cursor: not one of ours. Begin without it.") from None


def _key() -> bytes:
    """A cursor is sealed: from the numbers of rows a reader could count those that are not shown."""
    return hashlib.sha256(f"hamseda.pages:{settings.SECRET_KEY}".encode()).digest()
