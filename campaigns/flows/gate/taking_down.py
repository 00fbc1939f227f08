"""Taking down: what others copied is theirs to remove. Whom we asked, where, when, and what came of it is on record."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from campaigns.events import TakedownAnswered, TakedownAsked
from campaigns.models import Case, Takedown
from network.flows.recording import record
from network.models import Person


@transaction.atomic
def ask(case_id: int, *, place: Takedown.Place, copy: str, by: Person, at: datetime) -> Takedown:
    """Put on record that somebody was asked to remove a copy; asking for the same copy again starts its clock anew.

    copy: where it is, an address or words. Sealed columns cannot be compared in a query; those of one case are few.
    """
    Case.objects.locked(case_id)  # the same copy entered twice at once is one
    for row in Takedown.objects.of_case(case_id):
        if row.copy == copy:
            return ask_again(row.pk, by=by, at=at)
    row = Takedown.objects.create(case_id=case_id, place=place, copy=copy, asked_at=at, asked_by=by)
    record(TakedownAsked(case_id=case_id, takedown_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def ask_again(takedown_id: int, *, by: Person, at: datetime) -> Takedown:
    """They did not answer, refused, or it came back: asked anew, with a new clock."""
    row = Takedown.objects.locked(takedown_id)
    row.outcome, row.answered_at, row.asked_at, row.asked_by = Takedown.Outcome.ASKED, None, at, by
    row.save()
    record(TakedownAsked(case_id=row.case_id, takedown_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def answer(takedown_id: int, *, outcome: Takedown.Outcome, by: Person, at: datetime) -> Takedown:
    """What came of it: removed or refused. The same answer twice changes nothing."""
    row = Takedown.objects.locked(takedown_id)
    if row.outcome != outcome:
        row.outcome, row.answered_at = outcome, at
        row.save(update_fields=["outcome", "answered_at"])
        record(TakedownAnswered(case_id=row.case_id, takedown_id=row.pk), by=by, at=at)
    return row
