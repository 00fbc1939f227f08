"""Who asks: nobody in particular, or an organisation by its key. A wrong key is told so, never taken for nobody."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from network.flows import issuing
from network.models import ApiKey

CHALLENGE = 'Bearer realm="api"'


class WrongKey(AuthenticationFailed):
    default_detail = "This key is unknown, revoked or expired, or its organisation is suspended."


class KeyAuthentication(BaseAuthentication):
    """Authorization: Bearer hk_…  The key is request.auth; request.user stays None: a key is no person."""

    def authenticate(self, request: Request) -> tuple[None, ApiKey] | None:
        header = get_authorization_header(request)
        if not header:
            return None
        scheme, _, text = header.decode("latin-1").partition(" ")
        key = issuing.recognise(text.strip(), at=timezone.now()) if scheme.lower() == "bearer" else None
        if key is None:
            raise WrongKey
        issuing.note_use(key, at=timezone.now())
        return None, key

    def authenticate_header(self, request: Request) -> str:
        return CHALLENGE


class HasScope(BasePermission):
    """A view with `scope` wants a key that has it; a view without one is open to everybody."""

    message = "This key does not have the scope that is needed here."

    def has_permission(self, request: Request, view: Any) -> bool:
        scope = getattr(view, "scope", "")
        if not scope:
            return True
        self.message = f"This needs a key with the scope {scope}."
        return isinstance(request.auth, ApiKey) and scope in request.auth.scopes
