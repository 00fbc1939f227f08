"""What the network itself does with the log: it seals the audit, and remembers what must stay silent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from network.events import (
    ApiKeyReplaced,
    ApiKeyRevoked,
    ApplicationRejected,
    ContactConsentWithdrawn,
    EndorsementWithdrawn,
    InvitationAccepted,
    InvitationEnded,
    MembershipEnded,
    PartnerSuspended,
    PersonErased,
    PersonQuieted,
)
from network.flows import (
    applying,
    consenting,
    consuming,
    endorsing,
    erasing,
    inviting,
    issuing,
    quieting,
    remembering,
    sealing,
    suspending,
)
from network.models import ApiKey, Application, ContactConsent, Membership, Organisation, OutboxEvent, Person
from network.models.consumer import LEDGER

NOBODY_LEFT = "Nobody is left who administers it."
AFTER_A_RESTORE = "Suspended before a backup was restored."


def register() -> None:
    consuming.register("audit", sealing.seal)
    consuming.register(LEDGER, remembering.append)
    remembering.remember(PersonErased, _erase_again)
    remembering.remember(PersonQuieted, _quiet_again)
    remembering.remember(EndorsementWithdrawn, _withdraw_endorsement_again)
    remembering.remember(ContactConsentWithdrawn, _withdraw_contact_consent_again)
    remembering.remember(ApiKeyRevoked, _revoke_again)
    remembering.remember(ApiKeyReplaced, _replace_again)
    remembering.remember(ApplicationRejected, _reject_again)
    remembering.remember(InvitationEnded, _end_invitation_again)
    remembering.remember(InvitationAccepted, _end_invitation_again)
    consuming.register("orphans", _suspend_orphans, wants=[PersonErased])
    remembering.remember(PartnerSuspended, _suspend_again)
    remembering.remember(MembershipEnded, _end_membership_again)


def _erase_again(payload: dict[str, Any], at: datetime) -> None:
    person = Person.objects.filter(pk=payload["person_id"]).first()
    if person is not None:
        erasing.erase(person, at=at)


def _quiet_again(payload: dict[str, Any], at: datetime) -> None:
    if Person.objects.filter(pk=payload["person_id"]).exists():
        quieting.be_quiet(payload["person_id"], at=at)


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


def _replace_again(payload: dict[str, Any], at: datetime) -> None:
    issuing.end_soon(payload["key_id"], at=at)


def _reject_again(payload: dict[str, Any], at: datetime) -> None:
    if Application.objects.filter(pk=payload["application_id"]).exists():
        applying.reject(payload["application_id"], at=at)


def _end_invitation_again(payload: dict[str, Any], at: datetime) -> None:
    inviting.withdraw_again(UUID(payload["invitation_id"]), at=at)


def _suspend_orphans(events: Sequence[OutboxEvent]) -> None:
    """A partner whose last administrator was erased has nobody to answer for it: its keys stop."""
    for row in Organisation.objects.partners().in_good_standing().without_administrator():
        suspending.suspend(row.pk, reason=NOBODY_LEFT, by=None, at=timezone.now())


def _suspend_again(payload: dict[str, Any], at: datetime) -> None:
    if Organisation.objects.filter(pk=payload["organisation_id"]).exists():
        suspending.suspend(payload["organisation_id"], reason=AFTER_A_RESTORE, by=None, at=at)


def _end_membership_again(payload: dict[str, Any], at: datetime) -> None:
    """Without the guard of the last administrator: better nobody than somebody who was sent away."""
    Membership.objects.filter(pk=payload["membership_id"]).delete()
