"""Relaying: letters that people wrote to an office leave through us one by one, at the office's pace and in its hours.

A letter waits in its lane until its turn comes, and only then gets a chunk; so holding a lane, withdrawing a case or ending an
action stops everything but the few that are on the wire. Where the lane is and how far its pace is used are rows: a restart, or a
wiped broker, changes nothing.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from campaigns.kinds.contract import kind_named
from campaigns.models import Action, Campaign, CampaignCase, Message, Participation
from campaigns.publishing.audiences import Audience
from campaigns.publishing.campaign import find_by_id
from campaigns.publishing.letter import action_in
from network.flows.recording import record
from network.models import Person
from network.models.address import destination_of
from network.models.dialect import locked
from network.places import clock_of
from notifications.events import LettersHeld, LettersLetGo, LettersPaced
from notifications.models import Alert, Chunk, Letter, LetterLane
from notifications.signals import announce, bulk_waiting

logger = logging.getLogger(__name__)
State = Letter.State
WRITTEN_ANEW = ("taken-back", "at-risk", "withdrawn")  # what was dropped for these goes once it is accepted anew
SENDER = "letters"  # what an operator may limit; see SendLimit


@dataclass(frozen=True, kw_only=True)
class Pace:
    per_hour: int
    per_day: int | None
    from_hour: int
    to_hour: int
    zone: str  # of the tz database


def lane_of(action: Action) -> LetterLane:
    """Its lane, made held and at the usual pace where there is none yet. Inside the caller's transaction."""
    options = kind_named(action.kind).options.read(action.options)
    usual = Pace(
        per_hour=settings.LETTERS_PER_HOUR,
        per_day=None,
        from_hour=settings.LETTERS_FROM_HOUR,
        to_hour=settings.LETTERS_TO_HOUR,
        zone=clock_of(options.country) or action.campaign.zone,  # type: ignore[attr-defined]
    )
    mailbox: str = options.mailbox  # type: ignore[attr-defined]
    lane, _made = LetterLane.objects.get_or_create(action=action, defaults={"mailbox": mailbox, **vars(usual)})
    return lane


@transaction.atomic
def queue(message_id: int, *, at: datetime) -> Letter | None:
    """A letter that may go waits for its turn; the same again changes nothing. None where its kind is not relayed, it was taken
    back, or its writer may be in danger: nothing goes to an office for them."""
    message = Message.objects.accepted().select_related("participation__action__campaign", "participation__person")
    found = message.filter(pk=message_id).first()
    if found is None or not kind_named(found.participation.action.kind).is_relayed:
        return None
    row = found.participation
    if row.person is None or row.person.at_risk:
        return None
    lane = lane_of(row.action)
    lane = LetterLane.objects.locked(lane.pk)  # before its letters, as where they are released
    letter, _made = Letter.objects.get_or_create(participation=row, defaults={"lane": lane, "queued_at": at})
    if letter.state == State.DROPPED and letter.reason in WRITTEN_ANEW:
        letter.state, letter.reason, letter.chunk, letter.queued_at = State.QUEUED, "", None, at
        letter.settled_at, letter.not_before, letter.attempts = None, None, 0
        letter.save()
    return letter


def release(*, at: datetime) -> int:
    """Give every letter whose turn has come to the mail; returns how many. at: decides pace and hours."""
    _return_due()
    released = 0
    for lane_id in LetterLane.objects.with_letters().order_by("pk").values_list("pk", flat=True):
        try:
            released += _release(lane_id, at=at)
        except Exception:  # one lane that is not as it should be must not keep the others waiting
            logger.exception("letters of lane %s were not released", lane_id)
    return released


def _return_due() -> None:
    """What the office's server refused for now comes back into its lane when it may be tried again: at the lane's pace."""
    Letter.objects.deferred().filter(not_before__lte=timezone.now()).update(
        state=State.QUEUED, chunk=None, not_before=None, released_at=None
    )


@transaction.atomic
def _release(lane_id: int, *, at: datetime) -> int:
    lane = LetterLane.objects.locked(lane_id)
    action = lane.action
    waiting = Letter.objects.of(lane).in_a_lane()
    is_withdrawn = any(case.withdrawn_at is not None for case in action.campaign.cases)
    if is_withdrawn or not action.is_open(at):
        _drop(waiting, reason="withdrawn" if is_withdrawn else "ended", at=at)
        return 0
    number = lane.due(left_today=Letter.objects.of(lane).left_since(lane.day_begins(at)).count(), at=at)
    if lane.is_held or not number or lane.is_refused or not _is_shown(action, at=at):
        return 0
    turn = list(waiting.to_be_looked_at().sendable().first_come().values_list("pk", flat=True)[:number])
    if not turn:
        return 0
    chunk = Chunk.objects.create(
        kind=Chunk.Kind.LETTER,
        kind_rank=Chunk.KIND_RANK[Chunk.Kind.LETTER],
        severity_rank=Alert.RANK[Alert.Severity.ACTION],
        sender=SENDER,
        language=action.campaign.texts.filter(is_later=False).values_list("language", flat=True).first() or "en",
        destination=destination_of(lane.mailbox),
        size_count=len(turn),
        not_before=at,
    )
    Letter.objects.filter(pk__in=turn).update(chunk=chunk, released_at=at, not_before=None)
    lane.use(len(turn), at=at)
    lane.save(update_fields=["used_until"])
    announce(bulk_waiting)
    return len(turn)


def _is_shown(action: Action, *, at: datetime) -> bool:
    form = find_by_id(action.campaign_id, audience=Audience.PUBLIC, language="en", at=at)
    return action_in(form, action.pk) is not None


@transaction.atomic
def may_leave(letter: Letter, *, at: datetime) -> bool:
    """Asked when it is about to be written into bytes, of rows as they are then: it may have lain in the mail for hours. What may
    not leave goes back into its lane, and is looked at again after LETTER_LOOK_AGAIN_MINUTES."""
    lane = LetterLane.objects.select_related("action").get(pk=letter.lane_id)
    is_day = lane.hours.next_in(lane.zone, at=at).begins <= at
    return is_day and not lane.is_held and not lane.is_refused and lane.action.is_open(at)


def put_back(letter_id: int) -> None:
    """Into its lane, as though its turn had not come; nothing was tried, and its place in the day is free again."""
    again = timezone.now() + timedelta(minutes=settings.LETTER_LOOK_AGAIN_MINUTES)
    Letter.objects.queued().filter(pk=letter_id).update(chunk=None, not_before=again, released_at=None)


def _drop(letters: QuerySet[Letter], *, reason: str, at: datetime) -> int:
    return letters.update(state=State.DROPPED, reason=reason, settled_at=at)


@transaction.atomic
def make_lane(action_id: int) -> None:
    """Of an action whose letters we send on, so that how they leave can be said before the first; of another nothing happens."""
    action = Action.objects.select_related("campaign").filter(pk=action_id).first()
    if action is not None and kind_named(action.kind).is_relayed:
        lane_of(action)


@transaction.atomic
def take_back(participation_id: str, *, at: datetime) -> int:
    """The letter of whoever took theirs back, if it has not left; returns how many."""
    for lane in LetterLane.objects.filter(letters__participation=UUID(participation_id)):
        LetterLane.objects.locked(lane.pk)
    gone = [Participation.State.WITHDRAWN, Participation.State.REJECTED]
    rows = Letter.objects.in_a_lane().filter(participation=participation_id, participation__state__in=gone)
    return _drop(rows, reason="taken-back", at=at)


@transaction.atomic
def drop_withdrawn(case_id: int, *, at: datetime) -> int:
    """Letters about a case that was withdrawn, where they have not left; returns how many."""
    dropped = 0
    for lane in LetterLane.objects.filter(action__campaign__in=Campaign.objects.ever_about(case_id)).order_by("pk"):
        LetterLane.objects.locked(lane.pk)
        waiting = Letter.objects.of(lane).in_a_lane()
        left = CampaignCase.objects.filter(campaign=lane.action.campaign_id, case=case_id).exclude(left_at=None).first()
        if left is not None:  # what was accepted since is not about them
            waiting = waiting.exclude(participation__message__decided_at__gt=left.left_at)
        dropped += _drop(waiting, reason="withdrawn", at=at)
    return dropped


@transaction.atomic
def hold(action_id: int, *, by: Person | None, at: datetime) -> None:
    """From now on nothing leaves; one person is enough. What is on the wire this second still arrives."""
    lane = _lane_for(action_id)
    if lane is not None and not lane.is_held:
        lane.is_held = True
        lane.save(update_fields=["is_held"])
        record(LettersHeld(lane_id=lane.pk, action_id=action_id), by=by, at=at)


@transaction.atomic
def let_go(action_id: int, *, by: Person, at: datetime) -> None:
    """From now on they leave, the earliest first."""
    lane = _lane_for(action_id)
    if lane is not None and lane.is_held:
        lane.is_held = False
        lane.save(update_fields=["is_held"])
        record(LettersLetGo(lane_id=lane.pk, action_id=action_id), by=by, at=at)


@transaction.atomic
def set_pace(action_id: int, pace: Pace, *, by: Person, at: datetime) -> None:
    """Also while letters leave: the next one keeps to it."""
    lane = _lane_for(action_id)
    if lane is None:
        return
    changed: dict[str, Any] = {name: value for name, value in vars(pace).items() if getattr(lane, name) != value}
    if changed:
        LetterLane.objects.filter(pk=lane.pk).update(**changed)
        record(LettersPaced(lane_id=lane.pk, action_id=action_id), by=by, at=at)


def _lane_for(action_id: int) -> LetterLane | None:
    return locked(LetterLane.objects.filter(action=action_id)).first()


def hold_all() -> int:
    """After a restore: what left since the backup is in its lanes again, or seems to be on the wire. Returns how many lanes."""
    Letter.objects.handed_over().update(state=State.UNCERTAIN, reason="no-answer", settled_at=timezone.now())
    Letter.objects.queued().update(chunk=None)
    return LetterLane.objects.going().update(is_held=True)
