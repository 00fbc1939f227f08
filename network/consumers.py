"""What the network itself does with the log: it seals the audit, and remembers what must stay silent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from network.events import ContactConsentWithdrawn, EndorsementWithdrawn, PersonErased
from network.flows import consenting, consuming, endorsing, erasing, remembering, sealing
from network.models import ContactConsent, Person


def register() -> None:
    consuming.register("audit", sealing.seal)
    consuming.register(remembering.CONSUMER, remembering.append)
    remembering.remember(PersonErased, _erase_again)
    remembering.remember(EndorsementWithdrawn, _withdraw_endorsement_again)
    remembering.remember(ContactConsentWithdrawn, _withdraw_contact_consent_again)


def _erase_again(payload: dict[str, Any], at: datetime) -> None:
    person = Person.objects.filter(pk=payload["person_id"]).first()
    if person is not None:
        erasing.erase(person, at=at)


def _withdraw_endorsement_again(payload: dict[str, Any], at: datetime) -> None:
    person = Person.objects.filter(pk=payload["person_id"]).first()
    if person is not None:
        endorsing.withdraw(person, at=at)


def _withdraw_contact_consent_again(payload: dict[str, Any], at: datetime) -> None:
    consent = ContactConsent.objects.in_force().select_related("person").filter(pk=payload["consent_id"]).first()
    if consent is not None:
        consenting.withdraw(consent.person, at=at)
