"""Prepared: a query that is built and compiled once, and run many times with other values.

Django builds a query anew at each call. Of the few that run for every chunk of an alert, every signature or every page that is
kept, the building costs more than the database takes to answer; everything else should go on saying what it means where it
means it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.sql import UpdateQuery

from network.models.dialect import as_one_parameter

M = TypeVar("M", bound=Model)


class Slot(Expression):
    """Stands in a query for a value that each run gives by this name. output_field: how the value is put for the database;
    without it, as it is (a list as `__among` takes it)."""

    def __init__(self, name: str, output_field: Field | None = None) -> None:
        super().__init__(output_field=output_field)
        self.name = name
        self._field = output_field

    def as_sql(self, _compiler: Any, _connection: Any) -> Any:  # type: ignore[override]  # it stands for what is not there yet
        return "%s", [self]

    def put(self, value: Any) -> Any:
        if self._field is not None:
            return self._field.get_db_prep_value(value, connection, prepared=False)
        return as_one_parameter(value) if isinstance(value, list) else value


@dataclass(frozen=True)
class _Compiled:
    statement: str
    parameters: tuple[Any, ...]
    convert: Callable[[list[tuple[Any, ...]]], Iterable[Any]]  # rows of the database to rows as Django gives them


class Prepared:
    """Build with `reading` or `writing`, at the top of a module where it can be: the query is made at the first run, when there
    is a database, and once for each kind of database. Values are given by the names of its slots."""

    def __init__(self, compile_: Callable[[], _Compiled]) -> None:
        self._compile = compile_
        self._by_vendor: dict[str, _Compiled] = {}

    def write(self, **values: Any) -> int:
        """Of an UPDATE: how many rows it changed."""
        with connection.cursor() as cursor:
            cursor.execute(*self._ready(values))
            return int(cursor.rowcount)

    def rows(self, **values: Any) -> Iterable[Any]:
        """Of a SELECT of values_list."""
        with connection.cursor() as cursor:
            cursor.execute(*self._ready(values))
            found = cursor.fetchall()
        return self._compiled().convert(found) if found else []

    def first_of(self, model: type[M], **values: Any) -> M | None:
        """Of a SELECT of one model's columns."""
        statement, parameters = self._ready(values)
        return next(iter(model._default_manager.raw(statement, parameters)), None)

    def all_of(self, model: type[M], **values: Any) -> list[M]:
        """The same, every row."""
        statement, parameters = self._ready(values)
        return list(model._default_manager.raw(statement, parameters))

    def _compiled(self) -> _Compiled:
        if connection.vendor not in self._by_vendor:
            self._by_vendor[connection.vendor] = self._compile()
        return self._by_vendor[connection.vendor]

    def _ready(self, values: Mapping[str, Any]) -> tuple[str, list[Any]]:
        ready = self._compiled()
        return ready.statement, [
            one.put(values[one.name]) if isinstance(one, Slot) else one for one in ready.parameters
        ]


def reading(make: Callable[[], QuerySet]) -> Prepared:
    """make() is of values_list, for `rows`; or of whole rows of one model, for `first_of`."""

    def compile_() -> _Compiled:
        compiler = make().query.get_compiler(connection=connection)
        statement, parameters = compiler.as_sql()
        converters = compiler.get_converters([one for one, _sql, _alias in compiler.select])
        convert = partial(compiler.apply_converters, converters=converters) if converters else _as_they_are
        return _Compiled(statement, tuple(parameters), convert)

    return Prepared(compile_)


def writing(make: Callable[[], QuerySet], **values: Any) -> Prepared:
    """As make().update(**values)."""

    def compile_() -> _Compiled:
        query: Any = make().query.chain(UpdateQuery)
        query.add_update_values(values)
        query.annotations = {}
        statement, parameters = query.get_compiler(connection=connection).as_sql()
        return _Compiled(statement, tuple(parameters), _as_they_are)

    return Prepared(compile_)


def _as_they_are(rows: list[tuple[Any, ...]]) -> Iterable[Any]:
    return rows
