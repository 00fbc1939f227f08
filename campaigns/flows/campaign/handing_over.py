"""Handing over: the names of those who let theirs be printed leave the house only when two people want it, for some hours."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from campaigns.events import NamesAgreedTo, NamesAskedFor, NamesTaken
from campaigns.models import Action, Handover
from campaigns.publishing.handover import PublishedHandover, handover_of
from campaigns.refusals import NamesNotAgreedTo
from network.flows.recording import record
from network.models import Person
from network.refusals import SamePersonApproves


@transaction.atomic
def ask(action_id: int, *, by: Person, at: datetime) -> Handover:
    """For a second person to agree to; while that waits, or is agreed to, the same again changes nothing."""
    Action.objects.locked(action_id)
    latest = Handover.objects.latest_of(action_id)
    if latest is not None and (latest.is_asked(at) or latest.is_agreed(at)):
        return latest
    row = Handover.objects.create(action_id=action_id, asked_by=by, asked_at=at)
    record(NamesAskedFor(handover_id=row.pk, action_id=action_id), by=by, at=at)
    return row


@transaction.atomic
def agree(handover_id: int, *, by: Person, at: datetime) -> Handover:
    """From now on, for HANDOVER_HOURS, the document can be taken. Raises SamePersonApproves, NamesNotAgreedTo for one that was
    asked for too long ago."""
    row = Handover.objects.locked(handover_id)
    if row.is_agreed(at):
        return row
    if not row.is_asked(at):
        raise NamesNotAgreedTo
    if row.asked_by_id == by.pk:
        raise SamePersonApproves
    row.agreed_by, row.agreed_at = by, at
    row.save(update_fields=["agreed_by", "agreed_at"])
    record(NamesAgreedTo(handover_id=row.pk, action_id=row.action_id), by=by, at=at)
    return row


@transaction.atomic
def take(action_id: int, *, language: str, by: Person, at: datetime) -> PublishedHandover:
    """The document as it stands this moment; who took it is on record. Raises NamesNotAgreedTo, also where the campaign is
    silent."""
    row = Handover.objects.latest_of(action_id)
    found = handover_of(action_id, language=language, at=at) if row is not None and row.is_agreed(at) else None
    if row is None or found is None:
        raise NamesNotAgreedTo
    record(NamesTaken(handover_id=row.pk, action_id=action_id, number=len(found.names)), by=by, at=at)
    return found
