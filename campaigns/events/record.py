"""Facts about what was put on record, and verified. Ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from network.events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class CaseDocumented(DomainEvent):
    subject: ClassVar[str] = "case_id"
    case_id: int


@dataclass(frozen=True, kw_only=True)
class ArticleCited(DomainEvent):
    subject: ClassVar[str] = "case_id"
    case_id: int
    citation_id: int


@dataclass(frozen=True, kw_only=True)
class CitationTakenBack(DomainEvent):
    subject: ClassVar[str] = "case_id"
    case_id: int


@dataclass(frozen=True, kw_only=True)
class RatificationProposed(DomainEvent):
    subject: ClassVar[str] = "change_id"
    change_id: int


@dataclass(frozen=True, kw_only=True)
class RatificationRegistered(DomainEvent):
    subject: ClassVar[str] = "ratification_id"
    ratification_id: int


@dataclass(frozen=True, kw_only=True)
class StatusRecorded(DomainEvent):
    subject: ClassVar[str] = "case_id"
    case_id: int
    status_id: int


@dataclass(frozen=True, kw_only=True)
class StatusVerified(DomainEvent):
    subject: ClassVar[str] = "case_id"
    case_id: int
    status_id: int


@dataclass(frozen=True, kw_only=True)
class StatusEnded(DomainEvent):
    subject: ClassVar[str] = "case_id"
    case_id: int
    status_id: int


@dataclass(frozen=True, kw_only=True)
class CaseEdited(DomainEvent):
    subject: ClassVar[str] = "case_id"
    case_id: int


@dataclass(frozen=True, kw_only=True)
class ClaimRecorded(DomainEvent):
    """An event of the timeline, somebody's own words, or a correction; `kind` is the model's name."""

    subject: ClassVar[str] = "case_id"
    case_id: int
    kind: str
    claim_id: int


@dataclass(frozen=True, kw_only=True)
class ClaimVerified(DomainEvent):
    subject: ClassVar[str] = "case_id"
    case_id: int
    kind: str
    claim_id: int


@dataclass(frozen=True, kw_only=True)
class ClaimTakenBack(DomainEvent):
    subject: ClassVar[str] = "case_id"
    case_id: int
    kind: str
    claim_id: int


@dataclass(frozen=True, kw_only=True)
class SourceRecorded(DomainEvent):
    subject: ClassVar[str] = "case_id"
    case_id: int
    source_id: int


@dataclass(frozen=True, kw_only=True)
class PhotoAdded(DomainEvent):
    subject: ClassVar[str] = "case_id"
    case_id: int
    photo_id: int


@dataclass(frozen=True, kw_only=True)
class PhotoRemoved(DomainEvent):
    subject: ClassVar[str] = "case_id"
    case_id: int
    photo_id: int


@dataclass(frozen=True, kw_only=True)
class ProvinceRegistered(DomainEvent):
    subject: ClassVar[str] = "code"
    code: str


@dataclass(frozen=True, kw_only=True)
class PhotoChanged(DomainEvent):
    """Another caption or other rectangles: what was shown before is not to be shown again."""

    subject: ClassVar[str] = "case_id"
    case_id: int
    photo_id: int


@dataclass(frozen=True, kw_only=True)
class CasesLinked(DomainEvent):
    subject: ClassVar[str] = "case_id"
    case_id: int
    other_id: int
    link_id: int


@dataclass(frozen=True, kw_only=True)
class CasesUnlinked(DomainEvent):
    subject: ClassVar[str] = "case_id"
    case_id: int
    other_id: int
    link_id: int
