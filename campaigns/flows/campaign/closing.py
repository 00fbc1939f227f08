"""Closing: a campaign asks nothing any more. Its page stays where the gate lets it, with its count and how it ended."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from campaigns.events import CampaignArchived, CampaignChanged, CampaignClosed
from campaigns.models import Action, Campaign
from network.flows.recording import record
from network.models import Person

State = Campaign.State


@transaction.atomic
def close(campaign_id: int, *, ending: str, by: Person | None, at: datetime) -> Campaign:
    """End a campaign that was launched, and its actions, for good; one that is over stays as it is, and one that is paused stays
    off every page. ending: one of Campaign.Ending.

    Whoever entered an action before may still confirm it for as long as the link works: they acted while it was open. Raises
    ValueError for an ending there is not.
    """
    ended = Campaign.Ending(ending)
    campaign = Campaign.objects.locked_with_its_cases(campaign_id)
    if campaign.launched_at is not None and campaign.closed_at is None:
        campaign.closed_at, campaign.ending = at, ended
        if campaign.state == State.LIVE:
            campaign.state = State.CLOSED
        campaign.save(update_fields=["state", "closed_at", "ending"])
        campaign.actions.filter(closed_at=None).update(closed_at=at)
        campaign.texts.filter(is_later=True, read_at=None).delete()  # nobody reads a letter that nobody could sign
        record(CampaignClosed(campaign_id=campaign.pk), by=by, at=at)
    return campaign


@transaction.atomic
def archive(campaign_id: int, *, by: Person, at: datetime) -> Campaign:
    """One that is over leaves the lists; its page stays, and says that it is not kept up to date. Another stays as it is."""
    campaign = Campaign.objects.locked(campaign_id)
    if campaign.state == State.CLOSED:
        campaign.state = State.ARCHIVED
        campaign.save(update_fields=["state"])
        record(CampaignArchived(campaign_id=campaign.pk), by=by, at=at)
        record(CampaignChanged(campaign_id=campaign.pk), by=by, at=at)
    return campaign


def forget_keys(*, at: datetime) -> int:
    """Destroy the keys of actions closed FINGERPRINT_KEY_DAYS ago: from then on an address that no person of ours has (never
    confirmed, or erased since) cannot be found among those that were entered. Returns how many."""
    before = at - timedelta(days=settings.FINGERPRINT_KEY_DAYS)
    old = Action.objects.filter(closed_at__lt=before).exclude(fingerprint_key=None)
    return old.update(fingerprint_key=None)
