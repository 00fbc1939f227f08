"""How fast one client may ask: so many requests a minute by key, by client, and for all without an address together."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from network.models import ApiKey
from network.open.client_key import client_key

WINDOW_SECONDS = 60


class PerMinute(BaseThrottle):
    """Counts in the cache by whole minutes. With the cache away nothing is counted: a limit protects, it is no promise."""

    def allow_request(self, request: Request, view: Any) -> bool:
        if isinstance(request.auth, ApiKey):
            return self._counts(f"key:{request.auth.pk}", settings.API_REQUESTS_PER_KEY_PER_MINUTE)
        return self.allow_client(request)

    def allow_client(self, request: Request) -> bool:
        if client := client_key(request._request):
            return self._counts(f"client:{client}", settings.API_REQUESTS_PER_CLIENT_PER_MINUTE)
        return self._counts("without-address", settings.API_REQUESTS_WITHOUT_ADDRESS_PER_MINUTE)

    def _counts(self, name: str, limit: int) -> bool:
        counter = f"api:{name}:{int(time.time()) // WINDOW_SECONDS}"
        return cache.counted(counter, seconds=2 * WINDOW_SECONDS) <= limit  # type: ignore[attr-defined]

    def wait(self) -> float:
        """Seconds until the next minute begins."""
        return WINDOW_SECONDS - int(time.time()) % WINDOW_SECONDS
