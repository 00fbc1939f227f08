"""What every action kind is. A new kind is a new folder and one registration; one contract test holds them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self, get_type_hints

from django import forms


@dataclass(frozen=True, kw_only=True)
class Record:
    """A frozen record kept as JSON; unknown fields and wrong types are our bug and raise ValueError."""

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        known = get_type_hints(cls)
        for name, value in data.items():
            if name not in known:
                raise ValueError(f"{cls.__name__} has no {name!r}")
            if type(value) is not known[name]:
                raise ValueError(f"{cls.__name__}.{name} must be {known[name].__name__}, not {type(value).__name__}")
        return cls(**data)

    def written(self) -> dict[str, Any]:
        """The record as JSON-ready data, checked by reading it back."""
        data = asdict(self)
        type(self).read(data)
        return data


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One way of acting.

    options: what the organiser sets. answers: what the supporter says beside name and address. answers_form: their
    fields, named like the answers. templates live in templates/kinds/<name>/: act.html (the block on the campaign's
    page), confirm.html (what will be recorded), thanks.html (what was).
    """

    name: str
    label: Any  # translatable; what the list of actions calls it
    options: type[Record]
    answers: type[Record]
    answers_form: type[forms.Form]

    def template(self, room: str) -> str:
        return f"kinds/{self.name}/{room}.html"

    def answers_from(self, form: forms.Form) -> Record:
        return self.answers(**{field.name: form.cleaned_data[field.name] for field in fields(self.answers)})


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.name] = kind


def kind_named(name: str) -> Kind:
    """The kind of a name; KeyError when no folder registered it."""
    return _kinds[name]


def registered() -> list[Kind]:
    return list(_kinds.values())
