"""Facts about campaigns and what people did in them. Ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from network.events import Audience, DomainEvent


@dataclass(frozen=True, kw_only=True)
class CampaignLaunched(DomainEvent):
    audience: ClassVar[Audience] = Audience.PUBLIC
    subject: ClassVar[str] = "campaign_id"
    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class CampaignEdited(DomainEvent):
    subject: ClassVar[str] = "campaign_id"
    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class CampaignDropped(DomainEvent):
    """A draft that nobody outside ever saw was thrown away."""

    subject: ClassVar[str] = "campaign_id"
    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class ParticipationEntered(DomainEvent):
    changes_what_is_published: ClassVar[bool] = False
    subject: ClassVar[str] = "participation_id"
    participation_id: UUID
    action_id: int


@dataclass(frozen=True, kw_only=True)
class ParticipationReminded(DomainEvent):
    """Whoever entered it and has not confirmed is asked once more."""

    changes_what_is_published: ClassVar[bool] = False
    subject: ClassVar[str] = "participation_id"
    participation_id: UUID
    action_id: int


@dataclass(frozen=True, kw_only=True)
class ParticipationConfirmed(DomainEvent):
    changes_what_is_published: ClassVar[bool] = False
    subject: ClassVar[str] = "participation_id"
    participation_id: UUID
    action_id: int


@dataclass(frozen=True, kw_only=True)
class ParticipationReworded(DomainEvent):
    """New words on a row that was already counted; counts for nothing more."""

    subject: ClassVar[str] = "participation_id"
    participation_id: UUID
    action_id: int


@dataclass(frozen=True, kw_only=True)
class ParticipationRejected(DomainEvent):
    subject: ClassVar[str] = "participation_id"
    participation_id: UUID
    action_id: int


@dataclass(frozen=True, kw_only=True)
class ParticipationWithdrawn(DomainEvent):
    subject: ClassVar[str] = "participation_id"
    participation_id: UUID
    action_id: int


@dataclass(frozen=True, kw_only=True)
class CampaignJoined(DomainEvent):
    changes_what_is_published: ClassVar[bool] = False
    subject: ClassVar[str] = "joining_id"
    joining_id: int
    campaign_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class CampaignLeft(DomainEvent):
    subject: ClassVar[str] = "joining_id"
    joining_id: int
    campaign_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class CampaignPaused(DomainEvent):
    audience: ClassVar[Audience] = Audience.PUBLIC
    subject: ClassVar[str] = "campaign_id"
    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class CampaignPlanned(DomainEvent):
    """What should happen in it next, and how often, is another; nobody outside reads it."""

    subject: ClassVar[str] = "campaign_id"
    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class CampaignClosed(DomainEvent):
    """It asks nothing any more; its page stays, and says how it ended."""

    audience: ClassVar[Audience] = Audience.PUBLIC
    subject: ClassVar[str] = "campaign_id"
    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class CampaignArchived(DomainEvent):
    """It is over, and out of the lists; its page stays."""

    subject: ClassVar[str] = "campaign_id"
    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class CampaignAsksNoMore(DomainEvent):
    """All that it asked for was done; it is not over, and can ask for something else."""

    subject: ClassVar[str] = "campaign_id"
    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class CampaignSilenced(DomainEvent):
    """The case it leans on may not be shown any more; says nothing about why."""

    audience: ClassVar[Audience] = Audience.PUBLIC
    subject: ClassVar[str] = "campaign_id"
    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class CoHostingAsked(DomainEvent):
    audience: ClassVar[Audience] = Audience.NAMED
    subject: ClassVar[str] = "campaign_id"
    cohosting_id: int
    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class CoHostingAccepted(DomainEvent):
    audience: ClassVar[Audience] = Audience.PUBLIC
    subject: ClassVar[str] = "campaign_id"
    cohosting_id: int
    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class CoHostingDeclined(DomainEvent):
    audience: ClassVar[Audience] = Audience.NAMED
    subject: ClassVar[str] = "campaign_id"
    cohosting_id: int
    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class CoHostingEnded(DomainEvent):
    audience: ClassVar[Audience] = Audience.PUBLIC
    subject: ClassVar[str] = "campaign_id"
    cohosting_id: int
    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class CampaignReturned(DomainEvent):
    audience: ClassVar[Audience] = Audience.PUBLIC
    subject: ClassVar[str] = "campaign_id"
    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class PersonLeftOut(DomainEvent):
    """A campaign is not for somebody any more."""

    subject: ClassVar[str] = "campaign_id"
    campaign_id: int
    case_id: int


@dataclass(frozen=True, kw_only=True)
class DemandMetSeen(DomainEvent):
    """A second person looked: readers may be told."""

    subject: ClassVar[str] = "demand_id"
    demand_id: int
    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class DemandMetTakenBack(DomainEvent):
    subject: ClassVar[str] = "demand_id"
    demand_id: int
    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class TemplateSaved(DomainEvent):
    subject: ClassVar[str] = "template_id"
    template_id: int
    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class TemplateDropped(DomainEvent):
    subject: ClassVar[str] = "template_id"
    template_id: int
    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class DemandMet(DomainEvent):
    """An office did what was asked of it."""

    subject: ClassVar[str] = "demand_id"
    demand_id: int
    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class UpdateEdited(DomainEvent):
    subject: ClassVar[str] = "update_id"
    update_id: int
    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class UpdatePublished(DomainEvent):
    """News of a campaign is on its page."""

    subject: ClassVar[str] = "update_id"
    update_id: int
    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class UpdateTakenBack(DomainEvent):
    subject: ClassVar[str] = "update_id"
    update_id: int
    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class CampaignChanged(DomainEvent):
    """What is shown of it is different: read it again."""

    audience: ClassVar[Audience] = Audience.PUBLIC
    subject: ClassVar[str] = "campaign_id"
    campaign_id: int
