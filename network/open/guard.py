"""The guard of open forms. No cookie is involved: the browser says where a form came from, or the visitor waits.

Sec-Fetch-Site same-origin or none passes. Without that header, an Origin that is ours passes. A browser that sends
neither, what fills in a field that no eye sees, a client that posts too often, and everybody while there is an attack get the
wait page: the same words once more, with a signed time on them and one button. Nothing typed is lost.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import render
from django.template.loader import render_to_string

from network.open.client_key import WINDOW_SECONDS, client_key

SALT = "network.open.guard"
WORK_FIELD, WORK_DIGITS = "form_work", 12
TOKEN_FIELD = "form_token"  # noqa: S105  (a field's name)
LURE_FIELD = "homepage"  # no eye sees it, and what fills it in is seldom a person: then it works or waits first

View = Callable[..., HttpResponse]


def guarded(view: View) -> View:
    """Decorate an open page that takes a POST."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            if is_foreign(request):
                return HttpResponseForbidden(render_to_string("open/foreign_form.html", request=request))
            is_doubted = is_unproven(request) or _is_lured(request) or _is_too_often(request) or _are_too_many(request)
            if is_doubted and not (_has_worked(request) or _has_waited(request)):
                return _wait_page(request)
        return view(request, *args, **kwargs)

    checked.open_form_guard = True  # type: ignore[attr-defined]  # an architecture test looks for it
    return checked


def costly(view: View) -> View:
    """Decorate an open page whose POST leaves nothing by which it could be told from another: each works or waits first."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            if is_foreign(request):
                return HttpResponseForbidden(render_to_string("open/foreign_form.html", request=request))
            if not (_has_worked(request) or _has_waited(request)):
                return _wait_page(request)
        return view(request, *args, **kwargs)

    checked.open_form_guard = True  # type: ignore[attr-defined]
    return checked


def fleeting(view: View) -> View:
    """Decorate an open view whose POST changes nothing and keeps nothing, for the scripts of our own pages: others are refused,
    and so is whoever asks more often than somebody who writes."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            if is_foreign(request) or is_unproven(request):
                return HttpResponseForbidden()
            if _looks_too_often(request):
                return HttpResponse(status=429)
        return view(request, *args, **kwargs)

    checked.open_form_guard = True  # type: ignore[attr-defined]
    return checked


def is_foreign(request: HttpRequest) -> bool:
    """The browser says that another site sent this form."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return bool(origin) and origin != f"{request.scheme}://{request.get_host()}"


def is_unproven(request: HttpRequest) -> bool:
    """Nothing says where this form came from."""
    return not request.headers.get("Sec-Fetch-Site") and not request.headers.get("Origin")


def _is_lured(request: HttpRequest) -> bool:
    return bool(request.POST.get(LURE_FIELD))


def _is_too_often(request: HttpRequest) -> bool:
    key = client_key(request)
    most = settings.OPEN_FORM_POSTS_PER_CLIENT_PER_10_MINUTES
    return key is not None and cache.counted(f"open-form:{key}", seconds=WINDOW_SECONDS) > most  # type: ignore[attr-defined]


def _looks_too_often(request: HttpRequest) -> bool:
    key, most = client_key(request), settings.WORDS_LOOKED_AT_PER_CLIENT_PER_10_MINUTES
    if key is None:  # of whoever comes over onion nobody is known apart
        most *= settings.OPEN_FORM_POSTS_WITHOUT_ADDRESS_PER_MINUTE
    return cache.counted(f"looked-at:{key}", seconds=WINDOW_SECONDS) > most  # type: ignore[attr-defined]


def _are_too_many(request: HttpRequest) -> bool:
    """Under attack, whoever sends works or waits first: when the operator says so, when all together send more than people
    do, or when those do of whom nobody is known apart (an onion service's visitors have one address)."""
    minute = int(time.time()) // 60
    if client_key(request) is None:
        name, most = "open-forms-apart", settings.OPEN_FORM_POSTS_WITHOUT_ADDRESS_PER_MINUTE
    else:
        name, most = "open-forms", settings.OPEN_FORM_POSTS_IN_ALL_PER_MINUTE
    return settings.FORMS_WANT_WORK or cache.counted(f"{name}:{minute}", seconds=120) > most  # type: ignore[attr-defined]


def _has_worked(request: HttpRequest) -> bool:
    """Work instead of waiting: a number whose SHA-256 with the form's token begins with WAIT_PAGE_WORK_BITS zero bits. One
    token, one form."""
    token, number = request.POST.get(TOKEN_FIELD, ""), request.POST.get(WORK_FIELD, "")
    if not number.isascii() or not number.isdigit() or len(number) > WORK_DIGITS:
        return False
    try:
        signing.loads(token, salt=f"{SALT}:{request.path}", max_age=settings.WAIT_PAGE_HOURS * 3600)
    except signing.BadSignature:
        return False
    digest = hashlib.sha256(f"{token}:{number}".encode()).digest()
    if int.from_bytes(digest, "big") >> (256 - settings.WAIT_PAGE_WORK_BITS):
        return False
    return _spend(token)


def _spend(token: str) -> bool:
    """One wait or one work, one form: a token kept for the next hundred is spent."""
    spent = hashlib.sha256(token.encode()).hexdigest()
    return bool(cache.add(f"waited:{spent}", 1, timeout=settings.WAIT_PAGE_HOURS * 3600))


def _has_waited(request: HttpRequest) -> bool:
    try:
        signing.loads(
            request.POST.get(TOKEN_FIELD, ""), salt=f"{SALT}:{request.path}", max_age=settings.WAIT_PAGE_HOURS * 3600
        )
    except signing.BadSignature:
        return False
    try:  # old enough means: no longer valid under a maximum age of the wait
        signing.loads(request.POST[TOKEN_FIELD], salt=f"{SALT}:{request.path}", max_age=settings.WAIT_PAGE_SECONDS)
    except signing.SignatureExpired:
        return _spend(request.POST[TOKEN_FIELD])
    return False


def _wait_page(request: HttpRequest) -> HttpResponse:
    ours = {TOKEN_FIELD, WORK_FIELD}
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name not in ours]
    token = signing.dumps(secrets.token_hex(8), salt=f"{SALT}:{request.path}")
    context = {
        "fields": fields,
        "token": token,
        "token_field": TOKEN_FIELD,
        "work_field": WORK_FIELD,
        "bits": settings.WAIT_PAGE_WORK_BITS,
        "seconds": settings.WAIT_PAGE_SECONDS,
    }
    return render(request, "open/wait.html", context, status=429)
