"""What the network itself does with the log: it seals the audit, and remembers what must stay silent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from network.events import (
    ApiKeyRevoked,
    ContactConsentWithdrawn,
    EndorsementWithdrawn,
    MembershipEnded,
    PartnerSuspended,
    PersonErased,
)
from network.flows import consenting, consuming, endorsing, erasing, issuing, remembering, sealing, suspending
from network.models import ApiKey, ContactConsent, Membership, Organisation, Person
from network.models.consumer import LEDGER

AFTER_A_RESTORE = "Suspended before a backup was restored."


def register() -> None:
    consuming.register("audit", sealing.seal)
    consuming.register(LEDGER, remembering.append)
    remembering.remember(PersonErased, _erase_again)
    remembering.remember(EndorsementWithdrawn, _withdraw_endorsement_again)
    remembering.remember(ContactConsentWithdrawn, _withdraw_contact_consent_again)
    remembering.remember(ApiKeyRevoked, _revoke_again)
    remembering.remember(PartnerSuspended, _suspend_again)
    remembering.remember(MembershipEnded, _end_membership_again)


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


def _revoke_again(payload: dict[str, Any], at: datetime) -> None:
    if ApiKey.objects.filter(pk=payload["key_id"]).exists():
        issuing.revoke(payload["key_id"], by=None, at=at)


def _suspend_again(payload: dict[str, Any], at: datetime) -> None:
    if Organisation.objects.filter(pk=payload["organisation_id"]).exists():
        suspending.suspend(payload["organisation_id"], reason=AFTER_A_RESTORE, by=None, at=at)


def _end_membership_again(payload: dict[str, Any], at: datetime) -> None:
    """Without the guard of the last administrator: better nobody than somebody who was sent away."""
    Membership.objects.filter(pk=payload["membership_id"]).delete()
