"""Erasing and disclosing: every registered store of personal data, one after the other."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from network import personal_data
from network.events import PersonErased
from network.flows.recording import record
from network.models import Person


@transaction.atomic
def erase(person: Person, *, at: datetime) -> None:
    """Everything every store holds about a person goes, in one transaction; totals stay."""
    person = Person.objects.locked(person.pk)
    record(PersonErased(person_id=person.pk), by=None, at=at)
    for store in personal_data.stores():
        store.erase(person)
    person.delete()


def disclose(person: Person) -> dict[str, Any]:
    """Everything every store holds about a person: {store name: plain data}, ready for JSON."""
    return {store.name: store.disclose(person) for store in personal_data.stores()}
