"""Editing: who wrote in a row that is approved part by part, so that nobody approves their own change alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from network.models import Edit, Person


def wrote(row: Any, *, by: Person, at: datetime) -> None:
    """`by` wrote in a row that is stored, of a model with a `written_by`: its last author from now on. In the caller's
    transaction."""
    row.written_by = by
    row.save(update_fields=["written_by"])
    Edit.objects.create(table=row._meta.label_lower, row_id=row.pk, by=by, at=at)


def carry_over(row: Any, people: Iterable[int | None], *, at: datetime) -> None:
    """Words of a stored row that were written elsewhere, and approved by nobody there: whoever wrote them there (ids; None: since
    erased) wrote them here. Before the one who brought them `wrote`."""
    table = row._meta.label_lower
    Edit.objects.bulk_create(Edit(table=table, row_id=row.pk, by_id=pk, at=at) for pk in people if pk is not None)
