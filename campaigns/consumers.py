"""What campaigns do with the log: they count, and say what a restore must repeat."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from campaigns.events import (
    CampaignPaused,
    CaseWithdrawn,
    ConsentWithdrawn,
    ParticipationConfirmed,
    ParticipationWithdrawn,
)
from campaigns.flows.campaign import acting, counting
from campaigns.flows.gate import pausing, silencing
from campaigns.models import Campaign, Case, Participation, PublicationConsent
from network.flows import consuming, remembering


def register() -> None:
    consuming.register(
        counting.CONSUMER, counting.apply_counted, wants=[ParticipationConfirmed, ParticipationWithdrawn]
    )
    remembering.remember(CaseWithdrawn, _withdraw_case_again)
    remembering.remember(ConsentWithdrawn, _withdraw_consent_again)
    remembering.remember(CampaignPaused, _pause_again)
    remembering.remember(ParticipationWithdrawn, _withdraw_participation_again)


def _withdraw_consent_again(payload: dict[str, Any], at: datetime) -> None:
    if PublicationConsent.objects.filter(pk=payload["consent_id"]).exists():
        silencing.withdraw_consent(payload["consent_id"], by=None, at=at)


def _withdraw_case_again(payload: dict[str, Any], at: datetime) -> None:
    if Case.objects.filter(pk=payload["case_id"]).exists():
        silencing.withdraw_case(payload["case_id"], by=None, at=at)


def _pause_again(payload: dict[str, Any], at: datetime) -> None:
    if Campaign.objects.filter(pk=payload["campaign_id"]).exists():
        pausing.pause(payload["campaign_id"], by=None, at=at)


def _withdraw_participation_again(payload: dict[str, Any], at: datetime) -> None:
    row = Participation.objects.confirmed().select_related("person").filter(pk=payload["participation_id"]).first()
    if row is not None and row.person is not None:
        acting.withdraw(row.pk, by=row.person, at=at)
