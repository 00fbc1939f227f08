"""Acting: entering an action, confirming it by the mail's page, withdrawing it. Participation's whole life."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import DateTimeField, Q

from campaigns.events import (
    NamelessSupportGiven,
    ParticipationConfirmed,
    ParticipationEntered,
    ParticipationRejected,
    ParticipationReworded,
    ParticipationWithdrawn,
)
from campaigns.flows.campaign import joining
from campaigns.flows.campaign.moderating import submit
from campaigns.kinds.contract import Kind, Record, kind_named
from campaigns.models import Action, Participation
from campaigns.publishing.action import capacity
from campaigns.publishing.message_rules import unfit_for
from campaigns.refusals import ActionClosed, ActionFull, MessageUnfit
from network.flows import registering
from network.flows.recording import record
from network.models import Person
from network.models.address import fingerprint
from network.models.prepared import Slot, reading

State = Participation.State


# Asked at each signature.
_OPEN_ACTION = reading(lambda: Action.objects.open(Slot("at", DateTimeField())).filter(pk=Slot("action")))
_THE_SAME = reading(lambda: Participation.objects.filter(action=Slot("action"), fingerprint=Slot("mark")).only("pk"))


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What a supporter typed, already checked: address in stored form, name as kept, the kind's answers."""

    address: str
    name: str
    language: str
    answers: Record
    came_fast: bool = False  # from a connection that enters many

    def as_kept(self, kind: Kind) -> dict[str, Any]:
        """{field of a participation: value}."""
        answers, words = kind.apart(self.answers)
        return {"name": self.name, "answers": answers, "language": self.language, "words": words}


def enter(action_id: int, entry: Entry, *, at: datetime) -> Participation:
    """Keep what was typed as pending, and ask for a confirmation mail through the log.

    The same mailbox, however spelt, has one row per action. A pending row takes the new words; on a confirmed one they
    wait beside it and count for nothing until its owner confirms again. The answer is the same in every case, so the
    caller can show one screen that tells nobody whether an address was known. Raises ActionClosed.
    """
    try:
        return _entered(action_id, entry, at=at)
    except IntegrityError:  # the same mailbox came at the same moment: this time its row is there
        return _entered(action_id, entry, at=at)


@transaction.atomic
def _entered(action_id: int, entry: Entry, *, at: datetime) -> Participation:
    action = _OPEN_ACTION.first_of(Action, action=action_id, at=at)
    if action is None or action.fingerprint_key is None:
        raise ActionClosed
    kept = entry.as_kept(require_fit(action, entry.answers))
    mark = fingerprint(entry.address, key=bytes(action.fingerprint_key))
    require_room(action)  # whoever asks: a "no" to some alone would tell who has a place
    found = _THE_SAME.first_of(Participation, action=action_id, mark=mark)
    if found is None:
        row = Participation.objects.create(
            action=action,
            fingerprint=mark,
            address=entry.address,
            came_fast=entry.came_fast,
            entered_at=at,
            asked_at=at,
            **kept,
        )
        return _asked(row, at=at)
    row = Participation.objects.locked(found.pk)
    row.repeats += 1
    if row.state != State.CONFIRMED:  # what others enter of somebody who is counted says nothing of them
        row.came_fast = row.came_fast or entry.came_fast
    if _is_repeated(row, kept, at=at):
        row.save(update_fields=["repeats", "came_fast"])
        return row
    if row.state == State.CONFIRMED:
        row.waiting_words = kept.pop("words")
        row.waiting = kept
    elif row.state != State.QUARANTINED:
        row.state = State.PENDING
        row.person = None
        row.address = entry.address
        row.entered_at = at
        for field, value in kept.items():
            setattr(row, field, value)
    row.asked_at = at
    row.save()
    return _asked(row, at=at)


@transaction.atomic
def stand_nameless(action_id: int, *, at: datetime) -> None:
    """One more who stands here and leaves nothing. The caller has made it cost a wait, or work. Raises ActionClosed."""
    action = _OPEN_ACTION.first_of(Action, action=action_id, at=at)
    if action is None or not kind_named(action.kind).stands_on_the_campaign:
        raise ActionClosed
    record(NamelessSupportGiven(action_id=action_id), by=None, at=at)


def require_fit(action: Action, answers: Record) -> Kind:
    """The action's kind, whose free words, if it asks for some, break no rule. Raises MessageUnfit, ActionClosed for a kind that
    records nothing."""
    kind = kind_named(action.kind)
    if not kind.records:
        raise ActionClosed
    if kind.free_words and (broken := unfit_for(kind, action.options, getattr(answers, kind.free_words))):
        raise MessageUnfit(broken)
    return kind


def _is_repeated(row: Participation, kept: Mapping[str, Any], *, at: datetime) -> bool:
    """A button pressed twice: the same words within minutes. One mail is enough."""
    if at - row.asked_at >= timedelta(minutes=settings.CONFIRMATION_REPEAT_MINUTES):
        return False
    if row.state == State.PENDING:
        return all(getattr(row, field) == value for field, value in kept.items())
    waiting = {**(row.waiting or {}), "words": row.waiting_words}
    return row.state == State.CONFIRMED and waiting == kept


def _asked(row: Participation, *, at: datetime) -> Participation:
    record(ParticipationEntered(participation_id=row.pk, action_id=row.action_id), by=None, at=at)
    return row


@transaction.atomic
def confirm(participation_id: UUID, *, name: str, answers: Record, at: datetime) -> Participation:
    """The owner pressed the button, with the words as last corrected. A second press is answered from the row's state.

    Confirming makes the person if the address had none, moves the address to them, and joins the campaign if asked. Raises
    ActionFull where the last place went to somebody else.
    """
    _lock_action_with_room_for_some(participation_id)
    _lock_owner(participation_id)
    row = Participation.objects.locked(participation_id)
    if row.state not in {State.PENDING, State.CONFIRMED}:
        return row
    kept, words = require_fit(row.action, answers).apart(answers)
    if row.state == State.CONFIRMED and row.waiting is not None:
        row.language = row.waiting["language"]
        row.name, row.answers, row.words = name, kept, words
        row.waiting, row.waiting_words = None, ""
        _keep_quiet(row)
        row.save()
        submit(row, at=at)
        record(ParticipationReworded(participation_id=row.pk, action_id=row.action_id), by=row.person, at=at)
        _follow(row, at=at)
        return row
    if row.state != State.PENDING:
        return row
    require_room(row.action)
    person = registering.found_or_made(row.address, display_name=name, language=row.language, at=at)
    row.person = person
    row.state = State.CONFIRMED
    row.confirmed_at = at
    row.name, row.answers, row.words, row.address = name, kept, words, ""
    _keep_quiet(row)
    row.save()
    submit(row, at=at)
    record(ParticipationConfirmed(participation_id=row.pk, action_id=row.action_id), by=person, at=at)
    _follow(row, at=at)
    return row


def require_room(action: Action) -> None:
    """Raises ActionFull where as many have confirmed as there is room for."""
    room = capacity(action)
    if room and Participation.objects.confirmed().filter(action=action).count() >= room:
        raise ActionFull


def _lock_action_with_room_for_some(participation_id: UUID) -> None:
    """Two who press at once must not both get the last place. Of an action with room for any number nothing is held."""
    action = Action.objects.get(participations=participation_id)
    if capacity(action):
        Action.objects.locked(action.pk)


def _lock_owner(participation_id: UUID) -> None:
    """The person first, as where somebody is made quiet: whichever commits second sees the other."""
    row = Participation.objects.get(pk=participation_id)
    owners = Person.objects.filter(Q(pk=row.person_id) | Q(email=row.address) if row.address else Q(pk=row.person_id))
    for person in owners:
        Person.objects.locked(person.pk)


def _keep_quiet(row: Participation) -> None:
    """Somebody in danger is counted and shown nowhere, whatever was typed."""
    if row.person is not None and row.person.at_risk:
        row.hide()


def _follow(row: Participation, *, at: datetime) -> None:
    if row.person is not None and row.answers.get("follow"):
        joining.join(row.person, row.action.campaign, through="signature", at=at)


@transaction.atomic
def reject(participation_id: UUID, *, at: datetime) -> Participation:
    """ "This was not me": what was typed is forgotten at once. A counted row is not touched, only the waiting words."""
    row = Participation.objects.locked(participation_id)
    if row.state == State.CONFIRMED and row.waiting is not None:
        row.waiting, row.waiting_words = None, ""
        row.save(update_fields=["waiting", "waiting_words"])
    elif row.state == State.PENDING:
        row.state = State.REJECTED
        row.wipe()
        row.save()
        record(ParticipationRejected(participation_id=row.pk, action_id=row.action_id), by=None, at=at)
    return row


@transaction.atomic
def withdraw(participation_id: UUID, *, by: Person, at: datetime) -> Participation:
    """Take a participation back: the count falls by one, the words go. Only its own person may."""
    row = Participation.objects.locked(participation_id)
    if row.person_id != by.pk:
        raise ValueError("only the person who took an action may withdraw it")
    if row.state == State.QUARANTINED:  # it is not counted, so nothing is counted down
        row.state = State.REJECTED
        row.wipe()
        row.save()
        record(ParticipationRejected(participation_id=row.pk, action_id=row.action_id), by=by, at=at)
    if row.state == State.CONFIRMED:
        row.state = State.WITHDRAWN
        row.wipe()
        row.save()
        record(ParticipationWithdrawn(participation_id=row.pk, action_id=row.action_id), by=by, at=at)
    return row


@transaction.atomic
def expire(*, at: datetime) -> int:
    """Wipe what nobody confirmed in time; returns how many. The rows stay for the received count."""
    limit = at - timedelta(days=settings.CONFIRMATION_DAYS)
    return Participation.objects.entered_before(limit).forget_pending()
