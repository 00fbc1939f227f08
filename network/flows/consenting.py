"""Consenting: yes to alerts from one organisation, and taking it back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from network.events import ContactConsentGiven, ContactConsentWithdrawn
from network.flows.recording import record
from network.models import ContactConsent, Organisation, Person
from network.models.contact_consent import ContactConsentQuerySet


@transaction.atomic
def give(
    person: Person,
    organisation: Organisation,
    *,
    through: str,
    at: datetime,
    channel: str = ContactConsent.Channel.EMAIL,
) -> ContactConsent:
    """Consent to alerts by a channel; giving it twice is one consent."""
    person = Person.objects.locked(person.pk)
    consent, made = ContactConsent.objects.in_force().get_or_create(
        person=person,
        organisation=organisation,
        purpose=ContactConsent.Purpose.ALERTS,
        channel=channel,
        withdrawn_at=None,
        defaults={"given_at": at, "given_through": through},
    )
    if made:
        record(ContactConsentGiven(consent_id=consent.pk), by=person, at=at)
    return consent


@transaction.atomic
def be_reached(
    person: Person, organisation: Organisation, *, channels: Collection[str], through: str, at: datetime
) -> None:
    """By exactly these channels (ContactConsent.Channel) from now on; none of them ends all alerts of the organisation."""
    for channel in channels:
        give(person, organisation, channel=channel, through=through, at=at)
    _take_back(ContactConsent.objects.filter(organisation=organisation).exclude(channel__in=channels), person, at=at)


@transaction.atomic
def withdraw(person: Person, *, at: datetime) -> int:
    """Take back every consent to alerts; returns how many were in force."""
    return _take_back(ContactConsent.objects.all(), person, at=at)


def _take_back(which: ContactConsentQuerySet, person: Person, *, at: datetime) -> int:
    person = Person.objects.locked(person.pk)
    withdrawn = 0
    for consent in which.in_force().for_alerts().filter(person=person):
        consent.withdrawn_at = at
        consent.save(update_fields=["withdrawn_at"])
        record(ContactConsentWithdrawn(consent_id=consent.pk), by=person, at=at)
        withdrawn += 1
    return withdrawn
