"""Harm after a campaign acted: recording it takes the campaign off every page at once, and nobody brings it back before a second
person has looked."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from campaigns.events import HarmRecorded, HarmReviewed
from campaigns.flows.gate import pausing
from campaigns.models import Campaign, Harm
from network.flows.recording import record
from network.models import Person
from network.refusals import SamePersonApproves


@transaction.atomic
def record_harm(campaign_id: int, *, what: str, on: date, note: str, by: Person | None, at: datetime) -> Harm:
    """Put it on record and pause the campaign. what: one of Harm.What; note: sealed."""
    campaign = Campaign.objects.locked_with_its_cases(campaign_id)
    row = Harm.objects.create(campaign=campaign, what=Harm.What(what), on=on, note=note, recorded_by=by, recorded_at=at)
    record(HarmRecorded(harm_id=row.pk, campaign_id=campaign.pk), by=by, at=at)
    pausing.pause(campaign.pk, by=by, at=at)
    return row


@transaction.atomic
def review(harm_id: int, *, found: str, by: Person, at: datetime) -> Harm:
    """A second person says what they found and what is done differently. Raises SamePersonApproves."""
    row = Harm.objects.locked(harm_id)
    if row.recorded_by_id == by.pk:
        raise SamePersonApproves
    if row.reviewed_at is None:
        row.reviewed_by, row.reviewed_at, row.found = by, at, found
        row.save(update_fields=["reviewed_by", "reviewed_at", "found"])
        record(HarmReviewed(harm_id=row.pk, campaign_id=row.campaign_id), by=by, at=at)
    return row
