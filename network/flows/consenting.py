"""Consenting: yes to alerts from one organisation, and taking it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from network.events import ContactConsentGiven, ContactConsentWithdrawn
from network.flows.recording import record
from network.models import ContactConsent, Organisation, Person


@transaction.atomic
def give(person: Person, organisation: Organisation, *, through: str, at: datetime) -> ContactConsent:
    """Consent to alerts by mail; giving it twice is one consent."""
    person = Person.objects.locked(person.pk)
    consent, made = ContactConsent.objects.in_force().get_or_create(
        person=person,
        organisation=organisation,
        purpose=ContactConsent.Purpose.ALERTS,
        channel=ContactConsent.Channel.EMAIL,
        withdrawn_at=None,
        defaults={"given_at": at, "given_through": through},
    )
    if made:
        record(ContactConsentGiven(consent_id=consent.pk), by=person, at=at)
    return consent


@transaction.atomic
def withdraw(person: Person, *, at: datetime) -> int:
    """Take back every consent to alerts; returns how many were in force."""
    person = Person.objects.locked(person.pk)
    withdrawn = 0
    for consent in ContactConsent.objects.in_force().for_alerts().filter(person=person):
        consent.withdrawn_at = at
        consent.save(update_fields=["withdrawn_at"])
        record(ContactConsentWithdrawn(consent_id=consent.pk), by=person, at=at)
        withdrawn += 1
    return withdrawn
