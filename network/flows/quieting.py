"""Quieting: somebody is, or their family may be, in danger. What shows their name stops doing so, and nobody writes to them.

They can still sign in and act: counted, and shown nowhere. Erasing goes further, and cannot be undone.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from network import personal_data
from network.events import PersonQuieted, PersonSafeAgain
from network.flows import consenting
from network.flows.recording import record
from network.models import Person

NAMELESS = "—"


@transaction.atomic
def be_quiet(person_id: int, *, at: datetime) -> Person:
    """Forget the name, here and in every store, and where they live; end all alerts; let no inbox show what a letter is about."""
    person = Person.objects.locked(person_id)
    if not person.at_risk:
        person.at_risk = person.neutral_mail = True
        person.display_name, person.country, person.zone = NAMELESS, "", ""
        person.save(update_fields=["at_risk", "neutral_mail", "display_name", "country", "zone"])
        for store in personal_data.stores():
            store.hide(person)
        record(PersonQuieted(person_id=person.pk), by=person, at=at)
        consenting.withdraw(person, at=at)
    return person


@transaction.atomic
def be_safe_again(person_id: int, *, at: datetime) -> Person:
    """What they do from now on may bear a name again; what was forgotten stays so, and alerts wait for their own yes."""
    person = Person.objects.locked(person_id)
    if person.at_risk:
        person.at_risk = False
        person.save(update_fields=["at_risk"])
        record(PersonSafeAgain(person_id=person.pk), by=person, at=at)
    return person
