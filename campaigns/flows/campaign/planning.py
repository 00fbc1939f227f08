"""Planning: how often something should happen in a campaign, and what on which day, so that support does not dry up unnoticed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from campaigns.events import CampaignPlanned
from campaigns.models import Cadence, Campaign, DeliveryPlan, PlannedStep
from network.flows.recording import record
from network.models import Person


@transaction.atomic
def set_cadence(campaign_id: int, every_days: int, *, by: Person, at: datetime) -> None:
    """After so many days without anything the desk says that it is going quiet."""
    Campaign.objects.locked(campaign_id)
    Cadence.objects.update_or_create(campaign_id=campaign_id, defaults={"every_days": every_days})
    record(CampaignPlanned(campaign_id=campaign_id), by=by, at=at)


@transaction.atomic
def plan_delivery(campaign_id: int, *, goal: int, on: date | None, how: str, by: Person, at: datetime) -> DeliveryPlan:
    """goal: signatures, 0 for none. Another day than before means that it is still to be handed over."""
    Campaign.objects.locked(campaign_id)
    row = DeliveryPlan.objects.filter(campaign=campaign_id).first() or DeliveryPlan(campaign_id=campaign_id)
    if row.on != on:
        row.handed_over_at = None
    row.goal, row.on, row.how = goal, on, how
    row.save()
    record(CampaignPlanned(campaign_id=campaign_id), by=by, at=at)
    return row


@transaction.atomic
def deliver(campaign_id: int, *, by: Person, at: datetime) -> None:
    """What people signed has been handed over: the desk speaks of it no more."""
    Campaign.objects.locked(campaign_id)
    DeliveryPlan.objects.filter(campaign=campaign_id, handed_over_at=None).update(handed_over_at=at)
    record(CampaignPlanned(campaign_id=campaign_id), by=by, at=at)


@transaction.atomic
def plan(campaign_id: int, *, on: date, words: str, by: Person, at: datetime) -> PlannedStep:
    """A step for a day; the desk names it from PLAN_AHEAD_DAYS before."""
    row = PlannedStep.objects.create(campaign_id=campaign_id, on=on, words=words, planned_by=by, planned_at=at)
    record(CampaignPlanned(campaign_id=campaign_id), by=by, at=at)
    return row


@transaction.atomic
def end(step_id: int, *, is_done: bool, by: Person, at: datetime) -> PlannedStep:
    """It was done, or is not meant any more."""
    row = PlannedStep.objects.locked(step_id)
    if row.ended_at is None:
        row.ended_at, row.is_done = at, is_done
        row.save(update_fields=["ended_at", "is_done"])
        record(CampaignPlanned(campaign_id=row.campaign_id), by=by, at=at)
    return row
