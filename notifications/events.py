"""Facts about alerts and what became of them. Ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from network.events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class AlertOpened(DomainEvent):
    subject: ClassVar[str] = "alert_id"
    alert_id: int


@dataclass(frozen=True, kw_only=True)
class AlertFullyOpened(DomainEvent):
    """The last slab is in: everybody the alert is for has a delivery."""

    subject: ClassVar[str] = "alert_id"
    alert_id: int


@dataclass(frozen=True, kw_only=True)
class AlertFinished(DomainEvent):
    subject: ClassVar[str] = "alert_id"
    alert_id: int


@dataclass(frozen=True, kw_only=True)
class AddressSuppressed(DomainEvent):
    subject: ClassVar[str] = "suppression_id"
    suppression_id: int


@dataclass(frozen=True, kw_only=True)
class SuppressionReleased(DomainEvent):
    subject: ClassVar[str] = "suppression_id"
    suppression_id: int


@dataclass(frozen=True, kw_only=True)
class SendLimitSet(DomainEvent):
    subject: ClassVar[str] = "limit_id"
    limit_id: int
    per_hour: int


@dataclass(frozen=True, kw_only=True)
class SendLimitLifted(DomainEvent):
    subject: ClassVar[str] = "limit_id"
    limit_id: int


@dataclass(frozen=True, kw_only=True)
class AlertEdited(DomainEvent):
    subject: ClassVar[str] = "alert_id"
    alert_id: int


@dataclass(frozen=True, kw_only=True)
class AlertTakenBack(DomainEvent):
    """Before anything had left."""

    subject: ClassVar[str] = "alert_id"
    alert_id: int


@dataclass(frozen=True, kw_only=True)
class AlertPaused(DomainEvent):
    subject: ClassVar[str] = "alert_id"
    alert_id: int


@dataclass(frozen=True, kw_only=True)
class AlertResumed(DomainEvent):
    subject: ClassVar[str] = "alert_id"
    alert_id: int


@dataclass(frozen=True, kw_only=True)
class AlertCancelled(DomainEvent):
    subject: ClassVar[str] = "alert_id"
    alert_id: int


@dataclass(frozen=True, kw_only=True)
class LettersHeld(DomainEvent):
    """No letter to an office leaves until an approver lets them go."""

    subject: ClassVar[str] = "lane_id"
    lane_id: int
    action_id: int


@dataclass(frozen=True, kw_only=True)
class LettersLetGo(DomainEvent):
    subject: ClassVar[str] = "lane_id"
    lane_id: int
    action_id: int


@dataclass(frozen=True, kw_only=True)
class LettersPaced(DomainEvent):
    """How many leave in an hour and a day, and in which hours."""

    subject: ClassVar[str] = "lane_id"
    lane_id: int
    action_id: int


@dataclass(frozen=True, kw_only=True)
class AlertResent(DomainEvent):
    subject: ClassVar[str] = "alert_id"
    alert_id: int
