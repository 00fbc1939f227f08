"""Registering: a confirmed address becomes a person, once."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from network.events import PersonFound
from network.flows.recording import record
from network.models import Person
from network.models.address import destination_of


@transaction.atomic
def found_or_made(address: str, *, display_name: str, language: str, at: datetime) -> Person:
    """The person of a confirmed address. An existing person's name and language stay as they chose them."""
    person = Person.objects.filter(email=address).first()
    if person is None:
        try:
            with transaction.atomic():
                person = Person.objects.create(
                    email=address,
                    display_name=display_name,
                    language=language,
                    destination=destination_of(address),
                    created_at=at,
                )
        except IntegrityError:  # another confirmation of the same address won the race
            return Person.objects.get(email=address)
        record(PersonFound(person_id=person.pk), by=person, at=at)
    # The confirmed address is what allauth signs in by.
    EmailAddress.objects.get_or_create(user=person, email=address, defaults={"verified": True, "primary": True})
    return person
