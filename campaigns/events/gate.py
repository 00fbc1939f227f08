"""Facts about what may be shown: consent, risk, publishing, silence. Ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from network.events import Audience, DomainEvent


@dataclass(frozen=True, kw_only=True)
class ConsentWithdrawn(DomainEvent):
    subject: ClassVar[str] = "case_id"
    case_id: int
    consent_id: int


@dataclass(frozen=True, kw_only=True)
class RiskAssessed(DomainEvent):
    subject: ClassVar[str] = "case_id"
    case_id: int


@dataclass(frozen=True, kw_only=True)
class DefenderSilenced(DomainEvent):
    audience: ClassVar[Audience] = Audience.PUBLIC
    subject: ClassVar[str] = "case_id"
    case_id: int
    by_name: bool = False  # under which id they had been shown: their own by name, the case's by an alias


@dataclass(frozen=True, kw_only=True)
class CaseWithdrawn(DomainEvent):
    subject: ClassVar[str] = "case_id"
    case_id: int


@dataclass(frozen=True, kw_only=True)
class ConsentRecorded(DomainEvent):
    subject: ClassVar[str] = "case_id"
    case_id: int
    consent_id: int


@dataclass(frozen=True, kw_only=True)
class CorrectionAsked(DomainEvent):
    subject: ClassVar[str] = "request_id"
    request_id: int


@dataclass(frozen=True, kw_only=True)
class CorrectionAnswered(DomainEvent):
    subject: ClassVar[str] = "request_id"
    request_id: int


@dataclass(frozen=True, kw_only=True)
class TakedownAsked(DomainEvent):
    subject: ClassVar[str] = "case_id"
    case_id: int
    takedown_id: int


@dataclass(frozen=True, kw_only=True)
class TakedownAnswered(DomainEvent):
    subject: ClassVar[str] = "case_id"
    case_id: int
    takedown_id: int


@dataclass(frozen=True, kw_only=True)
class CaseSubmitted(DomainEvent):
    subject: ClassVar[str] = "case_id"
    case_id: int


@dataclass(frozen=True, kw_only=True)
class CaseScheduled(DomainEvent):
    """Two people published it; not everybody sees it: not yet, or it is for partners alone."""

    subject: ClassVar[str] = "case_id"
    case_id: int


@dataclass(frozen=True, kw_only=True)
class CasePublished(DomainEvent):
    audience: ClassVar[Audience] = Audience.PUBLIC
    subject: ClassVar[str] = "case_id"
    case_id: int


@dataclass(frozen=True, kw_only=True)
class CaseChanged(DomainEvent):
    """What is shown of it is different: read it again."""

    audience: ClassVar[Audience] = Audience.PUBLIC
    subject: ClassVar[str] = "case_id"
    case_id: int


@dataclass(frozen=True, kw_only=True)
class CaseUnpublished(DomainEvent):
    subject: ClassVar[str] = "case_id"
    case_id: int


@dataclass(frozen=True, kw_only=True)
class CaseSilenced(DomainEvent):
    audience: ClassVar[Audience] = Audience.PUBLIC
    subject: ClassVar[str] = "case_id"
    case_id: int


@dataclass(frozen=True, kw_only=True)
class CaseReturned(DomainEvent):
    audience: ClassVar[Audience] = Audience.PUBLIC
    subject: ClassVar[str] = "case_id"
    case_id: int


@dataclass(frozen=True, kw_only=True)
class CaseArchived(DomainEvent):
    subject: ClassVar[str] = "case_id"
    case_id: int


@dataclass(frozen=True, kw_only=True)
class EmbargoLifted(DomainEvent):
    subject: ClassVar[str] = "case_id"
    case_id: int


@dataclass(frozen=True, kw_only=True)
class EmbargoSet(DomainEvent):
    subject: ClassVar[str] = "case_id"
    case_id: int


@dataclass(frozen=True, kw_only=True)
class GrantProposed(DomainEvent):
    subject: ClassVar[str] = "case_id"
    case_id: int
    grant_id: int


@dataclass(frozen=True, kw_only=True)
class GrantAgreed(DomainEvent):
    audience: ClassVar[Audience] = Audience.NAMED
    subject: ClassVar[str] = "case_id"
    case_id: int
    grant_id: int


@dataclass(frozen=True, kw_only=True)
class GrantRevoked(DomainEvent):
    audience: ClassVar[Audience] = Audience.NAMED
    subject: ClassVar[str] = "case_id"
    case_id: int
    grant_id: int


@dataclass(frozen=True, kw_only=True)
class GrantedCaseChanged(DomainEvent):
    """What a partner was given to read is different, or gone: they read it again."""

    audience: ClassVar[Audience] = Audience.NAMED
    subject: ClassVar[str] = "case_id"
    case_id: int


@dataclass(frozen=True, kw_only=True)
class SealedRecordRead(DomainEvent):
    """Somebody opened what is sealed about a case: who speaks for the person, and where the evidence lies."""

    subject: ClassVar[str] = "case_id"
    case_id: int


@dataclass(frozen=True, kw_only=True)
class CaseNarrowed(DomainEvent):
    """Less may be told than before. A restore cannot know what: it holds the case until somebody looks."""

    subject: ClassVar[str] = "case_id"
    case_id: int


@dataclass(frozen=True, kw_only=True)
class CodeRenewed(DomainEvent):
    """The paper was lost: an earlier withdrawal code stopped working."""

    subject: ClassVar[str] = "case_id"
    case_id: int
    consent_id: int
