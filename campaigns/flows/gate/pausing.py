"""Pausing: one organiser takes a campaign off every page at once, also one that is over; it needs no second person."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from campaigns.events import CampaignPaused
from campaigns.flows.gate import silencing
from campaigns.models import Campaign
from campaigns.models.gate.facts import shown_as
from network.flows.recording import record
from network.models import Person


@transaction.atomic
def pause(campaign_id: int, *, by: Person | None, at: datetime) -> Campaign:
    campaign = Campaign.objects.locked(campaign_id)
    if campaign.state in Campaign.SHOWN:
        campaign.state = Campaign.State.PAUSED
        campaign.round += 1  # voids the approval of its facts: one person takes it off, two bring it back
        campaign.save(update_fields=["state", "round"])
        record(CampaignPaused(campaign_id=campaign.pk), by=by, at=at)
        for case in campaign.cases:
            silencing.tell_of_defender(case, was=shown_as(case), by=by, at=at)
    return campaign
