"""Preferring: how somebody wants to be written to; their language, how much, and whether an inbox may show what about."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from network.events import PreferencesChanged
from network.flows.recording import record
from network.models import Person


@transaction.atomic
def prefer(person_id: int, *, language: str, pace: str, neutral_mail: bool, at: datetime) -> Person:
    """language: a code of settings.LANGUAGES. pace: Person.Pace. Counts from the next mail on, queued ones among them."""
    person = Person.objects.locked(person_id)
    if (person.language, person.pace, person.neutral_mail) != (language, pace, neutral_mail):
        person.language, person.pace, person.neutral_mail = language, pace, neutral_mail
        person.save(update_fields=["language", "pace", "neutral_mail"])
        record(PreferencesChanged(person_id=person.pk), by=person, at=at)
    return person
