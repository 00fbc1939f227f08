"""The cache that is allowed to be away: a miss, never an error."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

AWAY_SECONDS = 5.0


def _or(answer: Callable[[tuple, dict], Any]) -> Callable:
    """Wrap a cache method: on a connection error give `answer`, and leave Redis alone for AWAY_SECONDS."""

    def decorate(method: Callable) -> Callable:
        @wraps(method)
        def call(self: ForgivingRedisCache, *args: Any, **kwargs: Any) -> Any:
            if time.monotonic() < self.away_until:
                return answer(args, kwargs)
            try:
                return method(self, *args, **kwargs)
            except (RedisError, OSError):
                self.away_until = time.monotonic() + AWAY_SECONDS
                return answer(args, kwargs)

        return call

    return decorate


def _default(args: tuple, kwargs: dict) -> Any:
    return kwargs.get("default", args[1] if len(args) > 1 else None)


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache with one difference: when Redis is away every read misses and every write is dropped."""

    away_until = 0.0

    get = _or(_default)(RedisCache.get)
    set = _or(lambda args, kwargs: None)(RedisCache.set)
    add = _or(lambda args, kwargs: True)(RedisCache.add)
    touch = _or(lambda args, kwargs: False)(RedisCache.touch)
    delete = _or(lambda args, kwargs: False)(RedisCache.delete)
    get_many = _or(lambda args, kwargs: {})(RedisCache.get_many)
    set_many = _or(lambda args, kwargs: [])(RedisCache.set_many)
    delete_many = _or(lambda args, kwargs: None)(RedisCache.delete_many)
    has_key = _or(lambda args, kwargs: False)(RedisCache.has_key)
    incr = _or(lambda args, kwargs: 1)(RedisCache.incr)
    clear = _or(lambda args, kwargs: False)(RedisCache.clear)
