"""Joining a campaign, leaving it, and asking for quiet."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from campaigns.events import CampaignJoined, CampaignLeft
from campaigns.models import Campaign, Joining
from network.flows import consenting
from network.flows.recording import record
from network.models import Person


@transaction.atomic
def join(person: Person, campaign: Campaign, *, through: str, at: datetime) -> Joining:
    """Join, or join again; joining means yes to this organisation's alerts. Joining twice is one joining."""
    person = Person.objects.locked(person.pk)
    joining = Joining.objects.filter(campaign=campaign, person=person).first()
    consenting.give(person, campaign.host, through=through, at=at)
    if joining is not None and joining.left_at is None:
        if joining.muted_at is not None:
            joining.muted_at = None
            joining.save(update_fields=["muted_at"])
        return joining
    if joining is None:
        joining = Joining(campaign=campaign, person=person)
    joining.joined_at, joining.left_at, joining.muted_at = at, None, None
    joining.save()
    record(CampaignJoined(joining_id=joining.pk, campaign_id=campaign.pk, person_id=person.pk), by=person, at=at)
    return joining


@transaction.atomic
def leave(person: Person, campaign: Campaign, *, at: datetime) -> None:
    """Leave; leaving twice is leaving once. Signatures stay until they are withdrawn."""
    person = Person.objects.locked(person.pk)
    joining = Joining.objects.current().filter(campaign=campaign, person=person).first()
    if joining is None:
        return
    joining.left_at = at
    joining.save(update_fields=["left_at"])
    record(CampaignLeft(joining_id=joining.pk, campaign_id=campaign.pk, person_id=person.pk), by=person, at=at)


@transaction.atomic
def mute(person: Person, campaign_id: int, *, at: datetime) -> None:
    """Stay in the campaign and get no mail about it."""
    Joining.objects.current().unmuted().filter(campaign_id=campaign_id, person=person).update(muted_at=at)


@transaction.atomic
def unmute(person: Person, campaign_id: int) -> None:
    Joining.objects.current().filter(campaign_id=campaign_id, person=person).update(muted_at=None)
