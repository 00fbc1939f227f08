"""Silencing: one person withdraws a case or a consent, and at the next request nothing shows it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from campaigns.events import CampaignSilenced, ConsentWithdrawn, DefenderSilenced
from campaigns.models import Campaign, Case, PublicationConsent
from network.flows.recording import record
from network.models import Person
from network.models.dialect import locked


@transaction.atomic
def withdraw_consent(consent_id: int, *, by: Person | None, at: datetime) -> PublicationConsent:
    """End a publication consent now; the case's epoch moves, so no cached form of it survives."""
    consent = locked(PublicationConsent.objects.filter(pk=consent_id)).get()
    if consent.withdrawn_at is None:
        consent.withdrawn_at = at
        consent.save(update_fields=["withdrawn_at"])
        Case.objects.filter(pk=consent.case_id).update(epoch=F("epoch") + 1)
        record(ConsentWithdrawn(case_id=consent.case_id, consent_id=consent.pk), by=by, at=at)
        _tell_whoever_has_a_copy(consent.case, by=by, at=at)
    return consent


def _tell_whoever_has_a_copy(case: Case, *, by: Person | None, at: datetime) -> None:
    """Public tombstones, without a reason, for what was ever launched; what never was stays unknown."""
    launched = list(Campaign.objects.launched().filter(case=case))
    for campaign in launched:
        record(CampaignSilenced(campaign_id=campaign.pk), by=by, at=at)
    if launched:
        record(DefenderSilenced(defender_id=case.defender_id), by=by, at=at)
