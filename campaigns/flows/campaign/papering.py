"""Papering: signatures on paper are entered with a reason, counted once a second person has looked, and shown apart."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from campaigns.events import PaperEntered, PaperTakenBack, PaperVerified
from campaigns.models import Action, PaperSheets, Tally
from network.flows.recording import record
from network.models import Person
from network.refusals import SamePersonApproves


@transaction.atomic
def enter(action_id: int, *, signatures: int, reason: str, by: Person, at: datetime) -> PaperSheets:
    """They count for nothing until a second person has looked at them."""
    Action.objects.locked(action_id)
    row = PaperSheets.objects.create(
        action_id=action_id, signatures=signatures, reason=reason, entered_by=by, entered_at=at
    )
    record(PaperEntered(sheets_id=row.pk, action_id=action_id), by=by, at=at)
    return row


@transaction.atomic
def verify(sheets_id: int, *, by: Person, at: datetime) -> PaperSheets:
    """A second person counted them. Raises SamePersonApproves."""
    row = PaperSheets.objects.locked(sheets_id)
    if row.entered_by_id == by.pk:
        raise SamePersonApproves
    if row.verified_at is None and row.taken_back_at is None:
        row.verified_by, row.verified_at = by, at
        row.save(update_fields=["verified_by", "verified_at"])
        _count(row.action_id, at=at)
        record(PaperVerified(sheets_id=row.pk, action_id=row.action_id), by=by, at=at)
    return row


@transaction.atomic
def take_back(sheets_id: int, *, by: Person | None, at: datetime) -> PaperSheets:
    """They were miscounted, or are no signatures: one person is enough."""
    row = PaperSheets.objects.locked(sheets_id)
    if row.taken_back_at is None:
        row.taken_back_at = at
        row.save(update_fields=["taken_back_at"])
        _count(row.action_id, at=at)
        record(PaperTakenBack(sheets_id=row.pk, action_id=row.action_id), by=by, at=at)
    return row


def _count(action_id: int, *, at: datetime) -> None:
    """The action first, so that two at once do not both count what the other has not committed."""
    Action.objects.locked(action_id)
    Tally.objects.get_or_create(action_id=action_id)
    Tally.objects.filter(action_id=action_id).update(on_paper=PaperSheets.objects.signatures_on(action_id), as_of=at)
