"""Facts of the network, in the past tense, ids only: a leaked queue must identify nobody.

Every app's events.py subclasses DomainEvent. Fields are ids or short codes; fields are added, never renamed.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

EVENTS: dict[str, type[DomainEvent]] = {}


class Audience(StrEnum):
    """Who may be told that an event happened."""

    NONE = "none"
    PUBLIC = "public"
    NAMED = "named"  # organisations listed with the event


@dataclass(frozen=True, kw_only=True)
class DomainEvent:
    """A frozen fact. `subject` names the field that holds the id of what it is about."""

    audience: ClassVar[Audience] = Audience.NONE
    subject: ClassVar[str] = ""
    # Whether after it somebody outside may see more, less or other. Only what comes by the thousand, and shows nothing but a
    # count that pages ask for by itself, says no.
    changes_what_is_published: ClassVar[bool] = True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        EVENTS[cls.__name__] = cls

    @property
    def subject_id(self) -> str:
        return str(getattr(self, self.subject)) if self.subject else ""

    def payload(self) -> dict[str, Any]:
        return {name: str(value) if isinstance(value, UUID) else value for name, value in asdict(self).items()}


@dataclass(frozen=True, kw_only=True)
class EndorsementEntered(DomainEvent):
    changes_what_is_published: ClassVar[bool] = False
    subject: ClassVar[str] = "endorsement_id"
    endorsement_id: UUID


@dataclass(frozen=True, kw_only=True)
class EndorsementConfirmed(DomainEvent):
    changes_what_is_published: ClassVar[bool] = False
    subject: ClassVar[str] = "endorsement_id"
    endorsement_id: UUID
    person_id: int


@dataclass(frozen=True, kw_only=True)
class EndorsementRejected(DomainEvent):
    subject: ClassVar[str] = "endorsement_id"
    endorsement_id: UUID


@dataclass(frozen=True, kw_only=True)
class EndorsementWithdrawn(DomainEvent):
    subject: ClassVar[str] = "endorsement_id"
    endorsement_id: UUID
    person_id: int


@dataclass(frozen=True, kw_only=True)
class PersonFound(DomainEvent):
    """A person came to exist: an address was confirmed for the first time."""

    subject: ClassVar[str] = "person_id"
    person_id: int


@dataclass(frozen=True, kw_only=True)
class PersonErased(DomainEvent):
    subject: ClassVar[str] = "person_id"
    person_id: int


@dataclass(frozen=True, kw_only=True)
class PersonQuieted(DomainEvent):
    subject: ClassVar[str] = "person_id"
    person_id: int


@dataclass(frozen=True, kw_only=True)
class PersonSafeAgain(DomainEvent):
    subject: ClassVar[str] = "person_id"
    person_id: int


@dataclass(frozen=True, kw_only=True)
class PreferencesChanged(DomainEvent):
    subject: ClassVar[str] = "person_id"
    person_id: int


@dataclass(frozen=True, kw_only=True)
class ContactConsentGiven(DomainEvent):
    changes_what_is_published: ClassVar[bool] = False
    subject: ClassVar[str] = "consent_id"
    consent_id: int


@dataclass(frozen=True, kw_only=True)
class ContactConsentWithdrawn(DomainEvent):
    subject: ClassVar[str] = "consent_id"
    consent_id: int


@dataclass(frozen=True, kw_only=True)
class ApprovalGiven(DomainEvent):
    subject: ClassVar[str] = "approval_id"
    approval_id: int


@dataclass(frozen=True, kw_only=True)
class OrganisationFounded(DomainEvent):
    subject: ClassVar[str] = "organisation_id"
    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class PrinciplesAdopted(DomainEvent):
    subject: ClassVar[str] = "version"
    version: int


@dataclass(frozen=True, kw_only=True)
class ApplicationEntered(DomainEvent):
    subject: ClassVar[str] = "application_id"
    application_id: int


@dataclass(frozen=True, kw_only=True)
class ApplicationConfirmed(DomainEvent):
    subject: ClassVar[str] = "application_id"
    application_id: int


@dataclass(frozen=True, kw_only=True)
class ApplicationRejected(DomainEvent):
    subject: ClassVar[str] = "application_id"
    application_id: int


@dataclass(frozen=True, kw_only=True)
class ApplicationChecked(DomainEvent):
    subject: ClassVar[str] = "application_id"
    application_id: int


@dataclass(frozen=True, kw_only=True)
class ApplicationRefused(DomainEvent):
    subject: ClassVar[str] = "application_id"
    application_id: int


@dataclass(frozen=True, kw_only=True)
class PartnerAdmitted(DomainEvent):
    audience: ClassVar[Audience] = Audience.PUBLIC
    subject: ClassVar[str] = "organisation_id"
    organisation_id: int
    application_id: int


@dataclass(frozen=True, kw_only=True)
class PartnerPromoted(DomainEvent):
    audience: ClassVar[Audience] = Audience.NAMED
    subject: ClassVar[str] = "organisation_id"
    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class PartnerSuspended(DomainEvent):
    audience: ClassVar[Audience] = Audience.PUBLIC
    subject: ClassVar[str] = "organisation_id"
    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class PartnerReinstated(DomainEvent):
    audience: ClassVar[Audience] = Audience.PUBLIC
    subject: ClassVar[str] = "organisation_id"
    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class ApiKeyIssued(DomainEvent):
    audience: ClassVar[Audience] = Audience.NAMED
    subject: ClassVar[str] = "key_id"
    key_id: int


@dataclass(frozen=True, kw_only=True)
class ApiKeyRevoked(DomainEvent):
    audience: ClassVar[Audience] = Audience.NAMED
    subject: ClassVar[str] = "key_id"
    key_id: int


@dataclass(frozen=True, kw_only=True)
class ColleagueInvited(DomainEvent):
    subject: ClassVar[str] = "invitation_id"
    invitation_id: UUID


@dataclass(frozen=True, kw_only=True)
class InvitationAccepted(DomainEvent):
    subject: ClassVar[str] = "invitation_id"
    invitation_id: UUID
    person_id: int


@dataclass(frozen=True, kw_only=True)
class MembershipEnded(DomainEvent):
    subject: ClassVar[str] = "membership_id"
    membership_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationEnded(DomainEvent):
    subject: ClassVar[str] = "invitation_id"
    invitation_id: UUID


@dataclass(frozen=True, kw_only=True)
class ApiKeyReplaced(DomainEvent):
    subject: ClassVar[str] = "key_id"
    key_id: int
