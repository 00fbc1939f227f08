"""Sifting: what is not people's is set apart, never deleted, in parts that each stand alone; stopped and undone at any moment."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from campaigns.events import ParticipationsPutBack, ParticipationsSetApart
from campaigns.models import Participation, Sift
from campaigns.publishing.sifting import Criteria, preview
from campaigns.refusals import TooFewToSift
from network.flows.recording import record
from network.models import Person
from network.models.dialect import locked

State = Sift.State


@transaction.atomic
def begin(action_id: int, criteria: Criteria, *, by: Person, at: datetime) -> Sift:
    """Set apart every counted participation that the criteria mean; `go_on` does it, in parts. Raises TooFewToSift: how few
    have a certain name or mailbox is nobody's business."""
    if preview(action_id, criteria).is_small:
        raise TooFewToSift
    found = criteria.rows(action_id).count()
    sift = Sift.objects.create(action_id=action_id, criteria=criteria.written(), found=found, made_by=by, made_at=at)
    record(ParticipationsSetApart(sift_id=sift.pk, action_id=action_id, number=0), by=by, at=at)
    return sift


@transaction.atomic
def go_on(sift_id: int, *, at: datetime) -> bool:
    """The next SIFT_ROWS of one that is under way; returns whether there may be more."""
    sift = Sift.objects.locked(sift_id)
    if sift.state == State.RUNNING:
        return _set_apart(sift, at=at)
    if sift.state == State.UNDOING:
        return _put_back(sift, at=at)
    return False


def _set_apart(sift: Sift, *, at: datetime) -> bool:
    rows = Criteria.read(sift.criteria).rows(sift.action_id).order_by("pk")
    ids = [row.pk for row in locked(rows)[: settings.SIFT_ROWS]]
    Participation.objects.filter(pk__in=ids).update(state=Participation.State.QUARANTINED, sift=sift)
    sift.set_apart += len(ids)
    if len(ids) < settings.SIFT_ROWS:
        sift.state, sift.ended_at = State.DONE, at
    sift.save(update_fields=["set_apart", "state", "ended_at"])
    record(ParticipationsSetApart(sift_id=sift.pk, action_id=sift.action_id, number=len(ids)), by=sift.made_by, at=at)
    return sift.state == State.RUNNING


def _put_back(sift: Sift, *, at: datetime) -> bool:
    rows = Participation.objects.filter(sift=sift, state=Participation.State.QUARANTINED).order_by("pk")
    ids = [row.pk for row in locked(rows)[: settings.SIFT_ROWS]]
    Participation.objects.filter(pk__in=ids).update(state=Participation.State.CONFIRMED, sift=None)
    sift.set_apart -= len(ids)
    if len(ids) < settings.SIFT_ROWS:
        sift.set_apart, sift.state, sift.ended_at = 0, State.UNDONE, at
        sift.criteria = {}  # letters of somebody's name are needed no more
    sift.save(update_fields=["set_apart", "state", "ended_at", "criteria"])
    record(ParticipationsPutBack(sift_id=sift.pk, action_id=sift.action_id, number=len(ids)), by=sift.made_by, at=at)
    return sift.state == State.UNDOING


@transaction.atomic
def cancel(sift_id: int, *, by: Person, at: datetime) -> Sift:
    """Set no more apart; what is, stays so until it is undone."""
    sift = Sift.objects.locked(sift_id)
    if sift.state == State.RUNNING:
        sift.state, sift.ended_at = State.CANCELLED, at
        sift.save(update_fields=["state", "ended_at"])
        record(ParticipationsSetApart(sift_id=sift.pk, action_id=sift.action_id, number=0), by=by, at=at)
    return sift


@transaction.atomic
def undo(sift_id: int, *, by: Person, at: datetime) -> Sift:
    """Put back what is set apart, as it was. Whoever took theirs back meanwhile stays gone; of whoever was erased the number
    counts again, as it does everywhere."""
    sift = Sift.objects.locked(sift_id)
    if sift.state in {State.RUNNING, State.DONE, State.CANCELLED}:
        sift.state, sift.ended_at = State.UNDOING, None
        sift.save(update_fields=["state", "ended_at"])
        record(ParticipationsPutBack(sift_id=sift.pk, action_id=sift.action_id, number=0), by=by, at=at)
    return sift
