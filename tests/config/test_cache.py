"""The cache counts in one round trip, forgets what it counted, and never stands in the way when it is away."""

from __future__ import annotations

import time

from django.core.cache import caches


def test_a_name_is_counted_and_forgotten_after_its_time():
    cache = caches["default"]
    assert [cache.counted("form", seconds=1) for _ in range(3)] == [1, 2, 3]
    assert cache.counted("another", seconds=60) == 1
    time.sleep(1.2)
    assert cache.counted("form", seconds=1) == 1


def test_counting_again_does_not_put_off_the_forgetting():
    cache = caches["default"]
    cache.counted("form", seconds=100)
    cache.counted("form", seconds=10_000)
    assert cache._cache.get_client().ttl(cache.make_key("form")) <= 100


def test_nothing_is_counted_while_it_is_away():
    cache = caches["default"]
    cache.away_until = time.monotonic() + 60
    assert [cache.counted("form", seconds=60) for _ in range(3)] == [0, 0, 0]


def test_a_client_is_kept_and_not_its_connection():
    cache = caches["default"]._cache
    assert cache.get_client(write=True) is cache.get_client(write=True)
    cache.get_client().ping()
    assert cache.get_client().connection is None
