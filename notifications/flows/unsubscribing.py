"""Unsubscribing: from one campaign's mail, or from every alert."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from campaigns.flows.campaign import joining
from network.flows import consenting
from network.models import Person


@transaction.atomic
def stop_alerts(person: Person, *, at: datetime) -> int:
    """No more alerts at all; returns how many consents were taken back. Confirmations and codes still come."""
    return consenting.withdraw(person, at=at)


@transaction.atomic
def mute_campaign(person: Person, campaign_id: int, *, at: datetime) -> None:
    """No more mail about one campaign."""
    joining.mute(person, campaign_id, at=at)
