"""Pacing: no more leaves than the limits let, however many workers on however many machines send.

A limit is a row that somebody may change at any moment. Its level lies in the cache's Redis, which all workers share: one token
is one message, tokens come as the limit says, and at most LEVEL_SECONDS' worth wait. A worker takes them in blocks of
BLOCK_SECONDS, so that Redis is asked ten times a second and not for every message. A level that is missing counts as empty:
losing Redis slows mail down, it never lets out a flood. While Redis is away, what has a limit waits and all else goes on.
"""

from __future__ import annotations

import time

from django.conf import settings
from django.core.cache import cache

from notifications.models import Chunk, SendLimit


class Pacer:
    """One worker's tokens."""

    def __init__(self) -> None:
        self._limits: dict[str, int] = {}
        self._asked_at, self._look_seconds = float("-inf"), settings.LIMITS_SECONDS
        self._tokens: dict[str, int] = {}
        self._empty_until: dict[str, float] = {}

    def allows(self, chunk: Chunk) -> bool:
        """Whether one more message of a chunk may leave now; if so, its tokens are spent. A notice never waits: somebody is
        looking at a page for it. It is counted, and alerts make room for it."""
        limits = self._limits_now()
        if not limits:
            return True
        names = [name for name in (chunk.sender, chunk.bucket) if name in limits]
        is_notice = chunk.kind == Chunk.Kind.NOTICE
        if not all(self._has(name, limits[name], forced=is_notice) for name in names) and not is_notice:
            return False
        for name in names:
            self._tokens[name] = self._tokens.get(name, 0) - 1
        return True

    def is_empty(self, chunk: Chunk, *, at: float) -> bool:
        """Whether asking again is of no use at a moment of the monotonic clock, the same for all that are compared."""
        return any(self._empty_until.get(name, 0.0) > at for name in (chunk.sender, chunk.bucket))

    def share_a_limit(self, one: Chunk, other: Chunk) -> bool:
        """Whether what one takes is missing to the other."""
        return bool({one.sender, one.bucket} & {other.sender, other.bucket} & self._limits.keys())

    def _has(self, name: str, per_hour: int, *, forced: bool) -> bool:
        if self._tokens.get(name, 0) >= 1:
            return True
        if not forced and self._empty_until.get(name, 0.0) > time.monotonic():
            return False
        granted = self._take(name, per_hour, forced=forced)
        self._tokens[name] = self._tokens.get(name, 0) + granted
        if self._tokens[name] >= 1:
            return True
        self._empty_until[name] = time.monotonic() + settings.BLOCK_SECONDS
        return False

    def _take(self, name: str, per_hour: int, *, forced: bool) -> int:
        a_second = per_hour / 3600
        block = 1 if forced else max(1, int(a_second * settings.BLOCK_SECONDS))
        most = max(1, int(a_second * settings.LEVEL_SECONDS))
        return cache.take_tokens(name, per_second=a_second, most=most, wanted=block, below_zero=forced)  # type: ignore[attr-defined]

    def _limits_now(self) -> dict[str, int]:
        now = time.monotonic()
        if now - self._asked_at >= self._look_seconds:
            self._limits, self._asked_at = SendLimit.in_force(), now
        return self._limits
