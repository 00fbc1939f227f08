"""Whom an abuse limit counts, without keeping an address: a short-lived keyed hash."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
import time

from django.conf import settings
from django.http import HttpRequest

WINDOW_SECONDS = 600


def client_key(request: HttpRequest) -> str | None:
    """A key that means the same client for ten minutes and nothing afterwards; 32 hex characters.

    None for loopback, and so for an onion service, which connects from there: every visitor has that one address, and
    a limit would punish all for one. IPv6 counts by /64, which is what one household or server is given.
    """
    try:
        address = ipaddress.ip_address(_peer(request))
    except ValueError:
        return None
    if address.is_loopback:
        return None
    if isinstance(address, ipaddress.IPv6Address):
        address = ipaddress.ip_network((address, 64), strict=False).network_address
    window = int(time.time()) // WINDOW_SECONDS
    secret = f"{settings.SECRET_KEY}:client:{window}".encode()
    return hmac.new(secret, address.packed, hashlib.sha256).hexdigest()[:32]


def _peer(request: HttpRequest) -> str:
    """Who connected: behind TRUSTED_PROXIES of ours, what the outermost of them saw; never what a visitor claims."""
    if not settings.TRUSTED_PROXIES:
        return request.META.get("REMOTE_ADDR", "")
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    return seen[-settings.TRUSTED_PROXIES] if len(seen) >= settings.TRUSTED_PROXIES else ""


def client_key_or_random(request: HttpRequest) -> str:
    """For libraries that must have some key: a fresh one where there is none to share."""
    return client_key(request) or secrets.token_hex(16)
