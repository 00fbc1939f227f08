"""Facts about what campaigns ask beside their petition, what is done with what came in, and what happened since. Ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from network.events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class ActionEdited(DomainEvent):
    subject: ClassVar[str] = "action_id"
    action_id: int


@dataclass(frozen=True, kw_only=True)
class ActionOpened(DomainEvent):
    """A live campaign asks for one thing more."""

    subject: ClassVar[str] = "action_id"
    action_id: int
    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class ActionEnded(DomainEvent):
    """It is not asked for any more; its campaign goes on."""

    subject: ClassVar[str] = "action_id"
    action_id: int
    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class MessageAccepted(DomainEvent):
    """Somebody read it, and it goes."""

    subject: ClassVar[str] = "message_id"
    message_id: int


@dataclass(frozen=True, kw_only=True)
class MessageDeclined(DomainEvent):
    """Somebody read it, and it does not go; its writer is told why."""

    subject: ClassVar[str] = "message_id"
    message_id: int


@dataclass(frozen=True, kw_only=True)
class BatchMade(DomainEvent):
    """Messages that are handed over together."""

    subject: ClassVar[str] = "batch_id"
    batch_id: int


@dataclass(frozen=True, kw_only=True)
class BatchHandedOver(DomainEvent):
    subject: ClassVar[str] = "batch_id"
    batch_id: int


@dataclass(frozen=True, kw_only=True)
class ParticipationsSetApart(DomainEvent):
    """So many of an action are counted no more; none when it only began or was stopped."""

    subject: ClassVar[str] = "sift_id"
    sift_id: int
    action_id: int
    number: int


@dataclass(frozen=True, kw_only=True)
class ParticipationsPutBack(DomainEvent):
    """So many of an action are counted again."""

    subject: ClassVar[str] = "sift_id"
    sift_id: int
    action_id: int
    number: int


@dataclass(frozen=True, kw_only=True)
class NamesAskedFor(DomainEvent):
    """Somebody wants to take out the names that signers let be printed; a second person decides."""

    subject: ClassVar[str] = "handover_id"
    handover_id: int
    action_id: int


@dataclass(frozen=True, kw_only=True)
class NamesAgreedTo(DomainEvent):
    subject: ClassVar[str] = "handover_id"
    handover_id: int
    action_id: int


@dataclass(frozen=True, kw_only=True)
class NamesTaken(DomainEvent):
    """So many left the house; who took them is the event's own actor."""

    subject: ClassVar[str] = "handover_id"
    handover_id: int
    action_id: int
    number: int


@dataclass(frozen=True, kw_only=True)
class PaperEntered(DomainEvent):
    subject: ClassVar[str] = "sheets_id"
    sheets_id: int
    action_id: int


@dataclass(frozen=True, kw_only=True)
class PaperVerified(DomainEvent):
    """A second person counted them: readers are told how many."""

    subject: ClassVar[str] = "sheets_id"
    sheets_id: int
    action_id: int


@dataclass(frozen=True, kw_only=True)
class PaperTakenBack(DomainEvent):
    subject: ClassVar[str] = "sheets_id"
    sheets_id: int
    action_id: int


@dataclass(frozen=True, kw_only=True)
class OutcomeRecorded(DomainEvent):
    subject: ClassVar[str] = "outcome_id"
    outcome_id: int
    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class OutcomeVerified(DomainEvent):
    """A second person looked: readers may see it."""

    subject: ClassVar[str] = "outcome_id"
    outcome_id: int
    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class OutcomeTakenBack(DomainEvent):
    subject: ClassVar[str] = "outcome_id"
    outcome_id: int
    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class OutcomeRated(DomainEvent):
    """How far somebody holds the campaign to have had a part in it."""

    subject: ClassVar[str] = "outcome_id"
    outcome_id: int
    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class HarmRecorded(DomainEvent):
    """Something bad happened after a campaign acted."""

    subject: ClassVar[str] = "harm_id"
    harm_id: int
    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class HarmReviewed(DomainEvent):
    """A second person looked at it."""

    subject: ClassVar[str] = "harm_id"
    harm_id: int
    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class SignOnEntered(DomainEvent):
    """An organisation entered that it stands by a joint statement; it counts for nothing yet."""

    subject: ClassVar[str] = "sign_on_id"
    sign_on_id: int
    action_id: int


@dataclass(frozen=True, kw_only=True)
class SignOnConfirmed(DomainEvent):
    """And said so a second time."""

    subject: ClassVar[str] = "sign_on_id"
    sign_on_id: int
    action_id: int


@dataclass(frozen=True, kw_only=True)
class SignOnWithdrawn(DomainEvent):
    """And takes its name back."""

    subject: ClassVar[str] = "sign_on_id"
    sign_on_id: int
    action_id: int


@dataclass(frozen=True, kw_only=True)
class NamelessSupportGiven(DomainEvent):
    """Somebody stands with a campaign and leaves neither name nor address: it is all that is known of it."""

    changes_what_is_published: ClassVar[bool] = False
    subject: ClassVar[str] = "action_id"
    action_id: int
