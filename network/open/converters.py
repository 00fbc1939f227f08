"""<id:…> in an address: a number small enough to be a row's. A longer one is no address of ours."""

from __future__ import annotations

import re

from django.urls import register_converter

DIGITS = "[0-9]{1,18}"


def row_number(typed: str) -> int | None:
    """The same in a form; None where no row can have it."""
    return int(typed) if re.fullmatch(DIGITS, typed) else None


class IdConverter:
    regex = DIGITS

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


def register() -> None:
    """Before the first pattern that uses it is read."""
    register_converter(IdConverter, "id")
