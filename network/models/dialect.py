"""What is done differently on PostgreSQL and SQLite, each behind one function with one contract test."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from zlib import crc32

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Field, Lookup, QuerySet
from django.utils import timezone


def is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def holds_alone(name: str) -> bool:
    """Inside a transaction: whether this transaction is the only one at `name`, until it ends.

    PostgreSQL: a transaction-level advisory lock, tried, never waited for. SQLite: every transaction here begins
    IMMEDIATE and so already is the only writer; nobody else can be inside one.
    """
    if not connection.in_atomic_block:
        raise ValueError("holds_alone() is meaningful only inside a transaction")
    if not is_postgresql():
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [crc32(name.encode())])
        return bool(cursor.fetchone()[0])


def claimable(rows: QuerySet) -> QuerySet:
    """The rows nobody else is claiming, locked for this transaction.

    PostgreSQL skips locked rows. SQLite silently ignores SKIP LOCKED, but there the transaction itself is the lock.
    """
    return rows.select_for_update(skip_locked=True, of=("self",)) if is_postgresql() else rows


def locked(rows: QuerySet, *, others_may_refer: bool = False) -> QuerySet:
    """The rows, locked until the transaction ends; waits for whoever holds them. others_may_refer: meanwhile others may insert
    rows that refer to these; only for what this transaction does not delete."""
    return rows.select_for_update(of=("self",), no_key=others_may_refer) if is_postgresql() else rows


@contextmanager
def snapshot() -> Iterator[None]:
    """A transaction whose every statement sees the same rows, so that two SELECTs cannot disagree.

    PostgreSQL: REPEATABLE READ, which must be set before the first query, so an outer transaction keeps its own level.
    SQLite: always so.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and is_postgresql():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


@Field.register_lookup
class Among(Lookup):
    """field__among=[…]: one of many whole numbers or texts, in one parameter however many they are.

    IN takes each as a parameter of its own, which costs Django, the driver and the planner more than the query itself.
    PostgreSQL: an array. SQLite: a JSON list.
    """

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, parameters = self.process_lhs(compiler, connection)
        right = self.rhs if hasattr(self.rhs, "as_sql") else as_one_parameter(self.rhs)
        if connection.vendor == "postgresql":
            return f"{left} = ANY(%s)", (*parameters, right)
        return f"{left} IN (SELECT value FROM json_each(%s))", (*parameters, right)  # noqa: S608


def as_one_parameter(values: Iterable[int | str]) -> list[int | str] | str:
    """Many values as one parameter: an array, or for SQLite a JSON list."""
    return list(values) if is_postgresql() else json.dumps(list(values))


def slab_people(*, is_first: bool) -> int:
    """How many people one opening transaction takes: SQLite's writer must not be held long, and nothing is sent before the
    first has ended."""
    most = settings.SLAB_PEOPLE_POSTGRESQL if is_postgresql() else settings.SLAB_PEOPLE_SQLITE
    return min(most, settings.SLAB_PEOPLE_FIRST) if is_first else most


def database_now() -> datetime:
    """The database's clock, aware, in UTC: leases are compared by one clock however many workers there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()" if is_postgresql() else "SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')")
        (value,) = cursor.fetchone()
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=timezone.get_default_timezone())
    return value
