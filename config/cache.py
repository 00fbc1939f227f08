"""The cache that is allowed to be away: a miss, never an error. Its Redis also holds the levels of what is paced."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import Redis
from redis.exceptions import RedisError

AWAY_SECONDS = 5.0
# KEYS: a bucket. ARGV: tokens a second, the most that may wait, how many are wanted, whether to take them even below zero.
TAKE = """
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local known = redis.call('HMGET', KEYS[1], 'level', 'at')
local level, at = tonumber(known[1]) or 0, tonumber(known[2]) or now
level = math.min(tonumber(ARGV[2]), level + math.max(0, now - at) / 1000 * tonumber(ARGV[1]))
local granted = tonumber(ARGV[3])
if ARGV[4] == '0' then granted = math.max(0, math.min(granted, math.floor(level))) end
redis.call('HSET', KEYS[1], 'level', tostring(math.max(level - granted, -60 * tonumber(ARGV[1]))), 'at', now)
redis.call('EXPIRE', KEYS[1], 172800)
return granted
"""


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


class OneClientEach(RedisCacheClient):
    """Django makes a client for every call, which takes longer than what it is made for. A client may be kept: it holds no
    connection, it borrows one of its pool for each call."""

    def get_client(self, key: Any = None, *, write: bool = False) -> Redis:
        kept: dict[int, Redis] = self.__dict__.setdefault("_kept", {})
        place: int = self._get_connection_pool_index(write)  # type: ignore[attr-defined]
        if place not in kept:
            kept[place] = super().get_client(key, write=write)
        return kept[place]


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache with one difference: when Redis is away every read misses and every write is dropped."""

    away_until = 0.0

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = OneClientEach

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

    @_or(lambda args, kwargs: 0)
    def counted(self, name: str, *, seconds: int) -> int:
        """How often this was asked of a name since it was first, this time included; forgotten `seconds` after that first time.
        0 while Redis is away. In one round trip, because every form and every request of an interface waits for it."""
        key = self.make_and_validate_key(name)
        with self._cache.get_client(key, write=True).pipeline(transaction=True) as asked:  # nothing ends in between
            asked.set(key, 0, ex=seconds, nx=True)
            asked.incr(key)
            return int(asked.execute()[1])

    @_or(lambda args, kwargs: 0)
    def take_tokens(self, bucket: str, *, per_second: float, most: int, wanted: int, below_zero: bool = False) -> int:
        """How many of the wanted tokens a bucket gives, whoever else takes from it; none while Redis is away.

        A bucket that is missing is empty. It fills by per_second; at most `most` wait. below_zero: all of them, as a debt of at
        most a minute.
        """
        client = self._cache.get_client(write=True)
        return int(client.eval(TAKE, 1, f"pace:{bucket}", per_second, most, wanted, int(below_zero)))

    clear = _or(lambda args, kwargs: False)(RedisCache.clear)
