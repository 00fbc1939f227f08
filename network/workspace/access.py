"""The workspace's door: a role in the host organisation, and a second factor used in this session.

Whoever has no role is told that there is no such page. Deciding (approving, launching, opening) also wants the second
factor to have been used within ACCOUNT_REAUTHENTICATION_TIMEOUT.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _

from network.flows import keeping
from network.open.errors import missing, signed_out
from network.permissions import may, works_anywhere
from network.personal.request import PersonalRequest

DONE = "done"  # allauth says things too, which our pages say themselves

View = Callable[..., HttpResponse]


def signed_in_twice(view: View) -> View:
    """Decorate a workspace page: by a code from the mail and by a second factor, both in this session."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            if request.method == "POST" and request.POST:
                return signed_out(request)
            return redirect_to_login(request.get_full_path(), resolve_url("account_request_login_code"))
        if not works_anywhere(request.user):
            return missing(request)
        if not is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        if not _used_second_factor(request):
            logout(request)
            return redirect_to_login(request.get_full_path(), resolve_url("account_request_login_code"))
        answer = view(request, *args, **kwargs)
        if request.method == "POST" and isinstance(answer, HttpResponseRedirect):  # it was done: the next page says so
            if not getattr(answer, "was_sent_before", False):
                messages.success(request, _("Done, and on record."), extra_tags=DONE)
            if not getattr(answer, "is_of_typed_words", False):
                moved_on(request.user.pk)
            keeping.forget(request.user.pk, request.path)
        return answer

    return guarded


def moved_on(person_id: int) -> None:
    """They did something else: what they typed before may be meant anew (see typed.not_twice)."""
    cache.set(f"moved-on:{person_id}", secrets.token_hex(8), timeout=settings.SAME_FORM_MINUTES * 60)


def for_roles(allowed: frozenset[str]) -> Callable[[View], View]:
    """Decorate a workspace page: only these roles of the host see it."""

    def decorate(view: View) -> View:
        @wraps(view)
        @signed_in_twice
        def guarded(request: PersonalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may(request.user, allowed):
                return missing(request)
            return view(request, *args, **kwargs)

        guarded.workspace_roles = allowed  # type: ignore[attr-defined]  # the access test reads it
        return guarded

    return decorate


def deciding(view: View) -> View:
    """Decorate a decision: the second factor must be fresh, from signing in or from being asked again.

    Otherwise allauth's middleware keeps the request, asks for the code, and goes on where it was.
    """

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not _used_second_factor(request, within_seconds=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT):
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    return checked


def _used_second_factor(request: HttpRequest, *, within_seconds: float = float("inf")) -> bool:
    """allauth marks the factor "mfa" at signing in and when it asked again."""
    since = time.time() - within_seconds
    return any(
        record["method"] == "mfa" and record["at"] >= since
        for record in get_authentication_records(request, request.user)
    )
