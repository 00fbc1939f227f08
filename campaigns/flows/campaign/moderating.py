"""Moderating: a message is read by a person before it goes anywhere, and is handed over in batches."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max, QuerySet

from campaigns.events import BatchHandedOver, BatchMade, MessageAccepted, MessageDeclined
from campaigns.kinds.contract import kind_named
from campaigns.models import Action, Batch, Message, Participation
from campaigns.publishing.audiences import Audience
from campaigns.publishing.campaign import find_by_id
from campaigns.publishing.letter import is_sample
from campaigns.publishing.message import as_it_goes, held_back
from campaigns.publishing.told_of import told_of_today
from campaigns.refusals import AlreadyDecided, CampaignIsSilent, MessageHeldBack
from network.flows.recording import record
from network.models import Person
from network.models.dialect import locked

State = Message.State


@transaction.atomic
def submit(row: Participation, *, at: datetime) -> None:
    """Part of confirming, in its transaction: free words go before a moderator, again when they are others than those that were
    read; only the words of the action itself, which a second person approved, need nobody. Of a kind without free words nothing
    happens."""
    if not kind_named(row.action.kind).free_words:
        return
    message, _made = Message.objects.get_or_create(participation=row, defaults={"submitted_at": at})
    message.participation = row
    if message.state != State.WAITING and message.digest != message.digest_now():
        message.state, message.reason, message.batch = State.WAITING, "", None
        message.claimed_by, message.claimed_at, message.submitted_at = None, None, at
        message.save()
    elif message.state == State.ACCEPTED:  # taken back, and entered anew with words that were read
        record(MessageAccepted(message_id=message.pk), by=None, at=at)
    if message.state == State.WAITING and is_sample(row, at=at) and not (row.answers.get("show_name") and row.name):
        message.state, message.digest, message.decided_at = State.ACCEPTED, message.digest_now(), at
        message.save(update_fields=["state", "digest", "decided_at"])
        record(MessageAccepted(message_id=message.pk), by=None, at=at)


@transaction.atomic
def claim(*, by: Person, at: datetime, skipping: Iterable[int] = ()) -> Message | None:
    """Take the message that waits the longest, for MODERATION_CLAIM_MINUTES; None when there is none for this person, who reads
    nothing of their own. skipping: ids of those put aside for now."""
    free = Message.objects.waiting().free_for(by, at).exclude(pk__in=skipping)
    message = locked(free.order_by("submitted_at", "pk")).first()
    if message is not None:
        message.claimed_by, message.claimed_at = by, at
        message.save(update_fields=["claimed_by", "claimed_at"])
    return message


@transaction.atomic
def put_aside(message_id: int, *, by: Person) -> None:
    """Somebody else may read it: whoever looked at it looks at it no more."""
    Message.objects.filter(pk=message_id, claimed_by=by).update(claimed_by=None, claimed_at=None)


@transaction.atomic
def accept(message_id: int, *, digest: str, by: Person, at: datetime) -> Message:
    """It goes, exactly as it stood on the moderator's screen. Raises AlreadyDecided, also when its words are others by now, and
    MessageHeldBack where the guard finds something in it."""
    message = _to_be_decided(message_id, digest, {State.WAITING}, by=by)
    part = message.participation
    found = held_back(as_it_goes(part), told_of_today(part.action.campaign, at=at))
    if found:
        raise MessageHeldBack([one.words for one in found])
    message.state, message.digest = State.ACCEPTED, digest
    message.decided_by, message.decided_at = by, at
    message.save()
    record(MessageAccepted(message_id=message.pk), by=by, at=at)
    return message


@transaction.atomic
def decline(message_id: int, *, digest: str, reason: str, by: Person, at: datetime, state: str = "") -> Message:
    """It does not go, and its writer is told why; one that was accepted is off the page with the next request, and out of a batch
    that has not left. reason: one of Message.Reason. state: as it was on the moderator's screen, if that is known. Raises
    AlreadyDecided."""
    message = _to_be_decided(message_id, digest, {State(state)} if state else {State.WAITING, State.ACCEPTED}, by=by)
    message.state, message.reason, message.digest = State.DECLINED, Message.Reason(reason), digest
    if message.batch is not None and message.batch.handed_over_on is None:
        message.batch = None
    message.decided_by, message.decided_at = by, at
    message.save()
    record(MessageDeclined(message_id=message.pk), by=by, at=at)
    return message


def _to_be_decided(message_id: int, digest: str, states: Collection[str], *, by: Person) -> Message:
    """The participation first, as where it is reworded or taken back."""
    part_id = Message.objects.values_list("participation", flat=True).get(pk=message_id)
    part = Participation.objects.locked(part_id)
    message = Message.objects.locked(message_id)
    message.participation = part
    waits = message.state in states and part.state == Participation.State.CONFIRMED
    if not waits or message.digest_now() != digest or part.person_id == by.pk:
        raise AlreadyDecided
    return message


@transaction.atomic
def read_again(messages: QuerySet[Message], *, at: datetime) -> None:
    """After a restore: what was accepted is looked at anew, and is on no page until then."""
    messages.update(state=State.WAITING, digest="", batch=None, submitted_at=at, claimed_by=None, claimed_at=None)


def read_all_again(campaign_id: int, *, at: datetime) -> None:
    """The campaign is for others now, and what was accepted may be about who left: read anew before it stands anywhere or
    leaves, also what is set apart or was taken back, for when it comes again. What was handed over stays in its batch. In the
    caller's transaction."""
    messages = Message.objects.filter(state=State.ACCEPTED, participation__action__campaign=campaign_id)
    handed_over = messages.exclude(batch__handed_over_on=None)
    handed_over.update(state=State.WAITING, digest="", submitted_at=at, claimed_by=None, claimed_at=None)
    read_again(messages, at=at)


@transaction.atomic
def make_batch(action_id: int, *, by: Person, at: datetime) -> Batch | None:
    """Put the accepted messages that are in no batch yet into one, BATCH_MESSAGES at most, the earliest first; None if there are
    none. Raises CampaignIsSilent while nobody may see what it is for."""
    action = Action.objects.locked(action_id)
    if find_by_id(action.campaign_id, audience=Audience.PUBLIC, language="en", at=at) is None:
        raise CampaignIsSilent
    free = Message.objects.accepted().of_action(action_id).filter(batch=None).with_words()
    ready = [row for row in locked(free.order_by("decided_at", "pk")) if row.is_as_accepted][: settings.BATCH_MESSAGES]
    if not ready:
        return None
    last = Batch.objects.filter(action=action).aggregate(last=Max("number"))["last"] or 0
    batch = Batch.objects.create(action=action, number=last + 1, made_at=at, made_by=by)
    Message.objects.filter(pk__in=[row.pk for row in ready]).update(batch=batch)
    record(BatchMade(batch_id=batch.pk), by=by, at=at)
    return batch


@transaction.atomic
def hand_over(batch_id: int, *, on: date, by: Person, at: datetime) -> Batch:
    """Say on which day a batch was handed over; said again, the day is corrected."""
    batch = locked(Batch.objects.all()).get(pk=batch_id)
    batch.handed_over_on = on
    batch.save(update_fields=["handed_over_on"])
    record(BatchHandedOver(batch_id=batch.pk), by=by, at=at)
    return batch
