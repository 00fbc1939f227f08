"""Preferring: how somebody wants to be written to: language, how much, at which hours, and what an inbox may show."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from django.db import transaction

from network.events import PreferencesChanged
from network.flows.recording import record
from network.models import Person


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """The fields of a person that are theirs to set."""

    language: str  # a code of settings.LANGUAGES
    pace: str  # Person.Pace
    neutral_mail: bool
    country: str = ""  # ISO 3166-1; empty: not said
    zone: str = ""  # of the tz database


@transaction.atomic
def prefer(person_id: int, wishes: Wishes, *, at: datetime) -> Person:
    """Counts from the next mail on, queued ones among them; the hours of what is queued already stay as they were."""
    person, names = Person.objects.locked(person_id), [field.name for field in fields(Wishes)]
    if Wishes(**{name: getattr(person, name) for name in names}) != wishes:
        for name in names:
            setattr(person, name, getattr(wishes, name))
        person.save(update_fields=names)
        record(PreferencesChanged(person_id=person.pk), by=person, at=at)
    return person
