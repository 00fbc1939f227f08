"""Correcting: somebody asks to correct or remove what is published. It pages an approver; nothing hides by itself.

It would be the State's easiest weapon otherwise: the family's own door is the withdrawal code.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from campaigns.events import CorrectionAnswered, CorrectionAsked
from campaigns.models import CorrectionRequest
from campaigns.refusals import AskedTooOften
from network.flows.recording import record
from network.models import Person


@transaction.atomic
def ask(
    case_id: int, *, campaign_id: int | None = None, wish: str, words: str, address: str, language: str, at: datetime
) -> CorrectionRequest:
    """Keep the request and page the approvers, with CORRECTION_HOURS on the clock.

    Raises AskedTooOften: more than CORRECTION_REQUESTS_PER_CASE_PER_DAY nobody could read.
    campaign_id: on whose page it was asked; None: on the case's own. address: empty, or in stored form.
    """
    today = CorrectionRequest.objects.filter(case=case_id, asked_at__gt=at - timedelta(days=1))
    if today.count() >= settings.CORRECTION_REQUESTS_PER_CASE_PER_DAY:
        raise AskedTooOften
    row = CorrectionRequest.objects.create(
        case_id=case_id,
        campaign_id=campaign_id,
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
