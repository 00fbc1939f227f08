"""Messages as the workspace sees them: what waits, one to be decided about, and a batch that is handed over."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings

from campaigns.kinds.contract import kind_named
from campaigns.models import Action, Batch, Message
from campaigns.publishing.action_draft import titles_of
from campaigns.publishing.audiences import Audience
from campaigns.publishing.campaign import find_by_id
from campaigns.publishing.letter import PublishedLetter, action_in, letter_of
from campaigns.publishing.message import PublishedMessage, as_it_goes, held_back, told
from campaigns.publishing.told_of import told_of_today
from campaigns.publishing.workspace import title_of
from network.models import Person


@dataclass(frozen=True, kw_only=True)
class BatchRow:
    id: int
    number: int
    made_at: datetime
    messages: int  # of which nobody took theirs back
    handed_over_on: date | None


@dataclass(frozen=True, kw_only=True)
class MessagesOfAction:
    action_id: int
    campaign_id: int
    campaign_title: str
    waiting: int
    kind: Any  # what supporters do, in words
    title: str  # as it was written
    is_relayed: bool  # they leave one by one, and not in batches
    accepted: int  # and in no batch yet
    declined: int
    shown: tuple[tuple[int, str, str], ...]  # (id, words, language) of the latest that everybody may read
    batches: tuple[BatchRow, ...]


@dataclass(frozen=True, kw_only=True)
class Desk:
    waiting: int  # which this reader may decide about
    own: int  # written by this reader, for somebody else to read
    oldest: datetime | None
    actions: tuple[MessagesOfAction, ...]


@dataclass(frozen=True, kw_only=True)
class MessageToDecide:
    id: int
    words: str
    language: str
    name: str  # empty: not to be handed over with it
    may_be_shown: bool
    submitted_at: datetime
    campaign_id: int
    campaign_title: str
    ask: str
    held_back: tuple[str, ...]  # what the guard finds; while there is any it cannot be accepted
    digest: str
    state: str
    is_own: bool
    claimed_by: str  # somebody else who is reading it now; else empty
    letter: PublishedLetter | None  # what an office would get, of a kind that we send on
    read_in: tuple[str, ...]  # languages in which that office takes letters; empty: not known


@dataclass(frozen=True, kw_only=True)
class BatchToPrint:
    number: int
    made_at: datetime
    campaign_title: str
    messages: tuple[PublishedMessage, ...]
    held_back: int  # which stood when they were accepted, and by today's consent may not go


def _rows() -> list[Action]:
    kinds = Action.objects.filter(has_own_words=True, is_draft=False).order_by("-opened_at", "-pk")
    return [row for row in kinds if kind_named(row.kind).free_words]


def waiting_for(reader: Person, *, at: datetime) -> int:
    return Message.objects.waiting().free_for(reader, at).count()


def desk(*, reader: Person, at: datetime) -> Desk:
    free = Message.objects.waiting().free_for(reader, at)
    return Desk(
        waiting=free.count(),
        own=Message.objects.waiting().filter(participation__person=reader).count(),
        oldest=free.order_by("submitted_at").values_list("submitted_at", flat=True).first(),
        actions=tuple(_of_action(row, at=at) for row in _rows()),
    )


def _of_action(action: Action, *, at: datetime) -> MessagesOfAction:
    rows = Message.objects.standing().of_action(action.pk)
    states = Counter(rows.values_list("state", flat=True))
    in_batches = Counter(rows.exclude(batch=None).values_list("batch", flat=True))
    free = rows.filter(state=Message.State.ACCEPTED, batch=None).count()
    return MessagesOfAction(
        action_id=action.pk,
        campaign_id=action.campaign_id,
        campaign_title=title_of(action.campaign_id),
        waiting=Message.objects.waiting().of_action(action.pk).count(),
        kind=kind_named(action.kind).label,
        title=titles_of(action.campaign_id).get(action.pk, ""),
        is_relayed=kind_named(action.kind).is_relayed,
        accepted=free,
        declined=states[Message.State.DECLINED],
        shown=_read_by_all(action, at=at),
        batches=tuple(
            BatchRow(
                id=row.pk,
                number=row.number,
                made_at=row.made_at,
                messages=in_batches[row.pk],
                handed_over_on=row.handed_over_on,
            )
            for row in Batch.objects.filter(action=action)
        ),
    )


def _read_by_all(action: Action, *, at: datetime) -> tuple[tuple[int, str, str], ...]:
    """None of a campaign that is shown to nobody."""
    rows = Message.objects.accepted().of_action(action.pk).with_words().order_by("-decided_at", "-pk")
    told = [row for row in rows[: settings.MESSAGES_SHOWN * 3] if row.participation.answers.get("show_words")]
    if told and find_by_id(action.campaign_id, audience=Audience.PUBLIC, language="en", at=at) is None:
        return ()
    return tuple(
        (row.pk, row.participation.words, row.participation.language) for row in told[: settings.MESSAGES_SHOWN]
    )


def message_of(message_id: int, *, reader: Person, at: datetime) -> MessageToDecide | None:
    row = (
        Message.objects.standing()
        .select_related("participation__action__campaign__case__defender", "participation__action__demand__target")
        .filter(pk=message_id)
        .first()
    )
    if row is None:
        return None
    part = row.participation
    campaign = part.action.campaign
    people = told_of_today(campaign, at=at)
    form = find_by_id(campaign.pk, audience=Audience.PUBLIC, language=part.language, at=at)
    action = action_in(form, part.action_id)
    name = part.name if part.answers.get("show_name") else ""
    letter = None
    if action is not None and action.kind_of.is_relayed:
        letter = letter_of(action, words=part.words, name=name, operator=settings.OPERATOR_NAME)
    return MessageToDecide(
        id=row.pk,
        words=part.words,
        language=part.language,
        name=name,
        may_be_shown=bool(part.answers.get("show_words")),
        submitted_at=row.submitted_at,
        campaign_id=campaign.pk,
        campaign_title=title_of(campaign.pk),
        ask=action.title if action else "",
        held_back=tuple(one.words for one in held_back(as_it_goes(part), people)),
        digest=row.digest_now(),
        state=row.state,
        is_own=part.person_id == reader.pk,
        claimed_by=_claimed_by(row, reader, at=at),
        letter=letter,
        read_in=tuple(part.action.demand.target.languages) if letter and part.action.demand else (),
    )


def _claimed_by(row: Message, reader: Person, *, at: datetime) -> str:
    is_free = Message.objects.filter(pk=row.pk).free_for(reader, at).exists()
    return "" if is_free or row.claimed_by is None or row.claimed_by == reader else row.claimed_by.display_name


def batch_of(batch_id: int, *, at: datetime) -> BatchToPrint | None:
    """What of a batch may be handed over today: what was taken back or changed since, and what consent does not permit any more,
    is not in it. None where its campaign is silent: then nothing goes."""
    batch = Batch.objects.select_related("action__campaign__case__defender").filter(pk=batch_id).first()
    if batch is None:
        return None
    campaign = batch.action.campaign
    if find_by_id(campaign.pk, audience=Audience.PUBLIC, language="en", at=at) is None:
        return None
    people = told_of_today(campaign, at=at)
    rows = Message.objects.accepted().filter(batch=batch).with_words().order_by("decided_at", "pk")
    standing = [row for row in rows if row.is_as_accepted]
    fit = [row for row in standing if not held_back(as_it_goes(row.participation), people)]
    return BatchToPrint(
        number=batch.number,
        made_at=batch.made_at,
        campaign_title=title_of(campaign.pk),
        messages=tuple(told(row) for row in fit),
        held_back=len(standing) - len(fit),
    )
