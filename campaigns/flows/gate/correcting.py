"""Correcting: somebody asks to correct or remove what is published. It pages an approver; nothing hides by itself.

It would be the State's easiest weapon otherwise: the family's own door is the withdrawal code.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from campaigns.events import CorrectionAnswered, CorrectionAsked
from campaigns.models import Campaign, CorrectionRequest
from network.flows.recording import record
from network.models import Person


@transaction.atomic
def ask(campaign_id: int, *, wish: str, words: str, address: str, language: str, at: datetime) -> CorrectionRequest:
    """Keep the request and page the approvers, with CORRECTION_HOURS on the clock. address: empty, or in stored form."""
    campaign = Campaign.objects.get(pk=campaign_id)
    row = CorrectionRequest.objects.create(
        case_id=campaign.case_id,
        campaign=campaign,
        wish=wish,
        words=words,
        address=address,
        language=language,
        asked_at=at,
        due_at=at + timedelta(hours=settings.CORRECTION_HOURS),
    )
    record(CorrectionAsked(request_id=row.pk), by=None, at=at)
    return row


@transaction.atomic
def answer(request_id: int, *, words: str, by: Person, at: datetime) -> CorrectionRequest:
    """Say what was done about it; the clock stops. Answering twice keeps the first."""
    row = CorrectionRequest.objects.locked(request_id)
    if row.answered_at is None:
        row.answered_at, row.answered_by, row.answer = at, by, words
        row.save()
        record(CorrectionAnswered(request_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def forget(*, at: datetime) -> int:
    """Empty the addresses of requests answered long enough ago; returns how many."""
    limit = at - timedelta(days=settings.NOTICE_ADDRESS_DAYS)
    return CorrectionRequest.objects.answered_before(limit).exclude(address="").update(address="")
