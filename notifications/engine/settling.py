"""Settling: what became of each message, marked in bulk, by the holder of the lease only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Case, Exists, F, QuerySet, Value, When
from django.db.models.functions import Now
from django.utils import timezone

from network.models.dialect import locked
from network.models.prepared import Prepared, Slot, reading, writing
from notifications.channels.contract import SENT, Fate, Outcome
from notifications.engine.lease import Lease
from notifications.flows import suppressing
from notifications.models import Chunk, Delivery, Letter, Notice, Suppression
from notifications.models.deliverable import Deliverable, DeliverableQuerySet
from notifications.refusals import LeaseLost

State = Deliverable.State
Reason = Suppression.Reason
BECOMES_FINAL = (State.SENT, State.BOUNCED)
BECOMES = {
    Fate.SENT: State.SENT,
    Fate.DEFERRED: State.DEFERRED,
    Fate.BOUNCED: State.BOUNCED,
    Fate.UNCERTAIN: State.UNCERTAIN,
}
MODEL = {Chunk.Kind.NOTICE: Notice, Chunk.Kind.DELIVERY: Delivery, Chunk.Kind.LETTER: Letter}


class Mark(NamedTuple):
    """One message's outcome, or the reason it was not sent on purpose."""

    row_id: int
    address: str
    outcome: Outcome | None
    dropped: str = ""


CHUNK, TOKEN = Slot("chunk"), Slot("token")


def _rows_of(chunk: Chunk) -> DeliverableQuerySet:
    return DeliverableQuerySet(MODEL[Chunk.Kind(chunk.kind)]).filter(chunk=chunk)


def _unanswered(kind: str) -> QuerySet[Deliverable]:
    """Of one chunk. Only what is not answered is ever marked: settled a second time, after a commit nobody heard of, a row is
    counted once."""
    return MODEL[Chunk.Kind(kind)]._default_manager.filter(chunk_id=CHUNK, state__in=Deliverable.TO_ANSWER)


def _forgotten(kind: str) -> dict[str, Any]:
    """What a notice was made of is not kept once it is settled."""
    return {"payload": {}} if kind == Chunk.Kind.NOTICE else {}


def _marking(kind: str) -> Prepared:
    """Rows the other side took, or refused for good."""
    return writing(
        lambda: _unanswered(kind).filter(pk__among=Slot("rows")),
        state=Slot("state"),
        reason=Slot("reason"),
        token=TOKEN,
        settled_at=Now(),
        attempts=F("attempts") + 1,
        **_forgotten(kind),
    )


def _giving_back(kind: str) -> Prepared:
    """A chunk closes when no row in it is without an answer; else it is free again."""
    return writing(
        lambda: Chunk.objects.filter(pk=CHUNK, token=TOKEN),
        leased_until=None,
        state=Case(When(Exists(_unanswered(kind)), then=Value(Chunk.State.OPEN)), default=Value(Chunk.State.CLOSED)),
        failures=Slot("failures"),
    )


_HOLD = reading(lambda: locked(Chunk.objects.filter(pk=CHUNK, token=TOKEN)).values_list("pk"))
_MARK = {kind: _marking(kind) for kind in MODEL}
_COUNT = writing(
    lambda: Chunk.objects.filter(pk=CHUNK),
    sent_count=F("sent_count") + Slot("sent"),
    failed_count=F("failed_count") + Slot("failed"),
    dropped_count=F("dropped_count") + Slot("dropped"),
    uncertain_count=F("uncertain_count") + Slot("uncertain"),
)
_GIVE_BACK = {kind: _giving_back(kind) for kind in MODEL}


@transaction.atomic
def settle(held: Lease, marks: Sequence[Mark], accepted: Sequence[int] = ()) -> None:
    """Write what became of rows in one transaction. Raises LeaseLost when a later lease exists: then nothing is written.

    accepted: ids of rows that the other side took, as nearly all of them are; marks: what else became of rows.
    """
    if marks or accepted:
        _settle(held, marks, accepted)


def _settle(held: Lease, marks: Sequence[Mark], accepted: Sequence[int]) -> None:
    chunk, kind = held.chunk.pk, Chunk.Kind(held.chunk.kind)
    if not _HOLD.rows(chunk=chunk, token=held.token):
        raise LeaseLost
    groups: dict[tuple[State, str], list[int]] = defaultdict(list)
    if accepted:
        groups[State.SENT, SENT.reason] += accepted
    for mark in marks:
        groups[_become(mark, held.chunk)].append(mark.row_id)
        if mark.outcome is not None and mark.outcome.is_address_dead:
            suppressing.suppress(mark.address, Reason.HARD_BOUNCE, source=mark.outcome.reason, at=timezone.now())
    counted: dict[State, int] = defaultdict(int)
    given_up: list[int] = []
    for (state, reason), ids in groups.items():
        if state in BECOMES_FINAL:
            counted[state] += _MARK[kind].write(chunk=chunk, rows=ids, state=state, reason=reason, token=held.token)
            continue
        these = MODEL[kind]._default_manager.filter(chunk_id=chunk, state__in=Deliverable.TO_ANSWER, pk__among=ids)
        if state == State.DEFERRED:
            given_up += _defer(these, held, reason)
        else:
            counted[state] += these.update(
                state=state, reason=reason, token=held.token, settled_at=Now(), **_forgotten(kind)
            )
    failed = counted[State.BOUNCED] + len(given_up)
    _COUNT.write(
        chunk=chunk,
        sent=counted[State.SENT],
        failed=failed,
        dropped=counted[State.DROPPED],
        uncertain=counted[State.UNCERTAIN],
    )
    if given_up:
        refused = set(given_up)
        # Only what the other side said speaks of the mailbox; a connection that broke does not.
        addresses = {one.address for one in marks if one.row_id in refused and one.outcome and one.outcome.is_reply}
        suppressing.note_soft_bounces(sorted(addresses), source="refused-for-days", at=timezone.now())


def _become(mark: Mark, chunk: Chunk) -> tuple[State, str]:
    """The state and reason a mark leads to. An office gets no letter twice; everybody else rather twice than not at all."""
    is_pressing = chunk.is_pressing
    if mark.outcome is None:
        return State.DROPPED, mark.dropped
    if mark.outcome.may_have_arrived and chunk.kind == Chunk.Kind.LETTER:
        return State.UNCERTAIN, "no-answer"
    if mark.outcome.fate is Fate.UNCERTAIN and is_pressing:
        return State.DEFERRED, mark.outcome.reason
    return BECOMES[mark.outcome.fate], mark.outcome.reason


def _defer(rows: object, held: Lease, reason: str) -> list[int]:
    """Later, twice as late each time; after DELIVERY_ATTEMPTS refused for good. Returns the ids of the latter."""
    given_up: list[int] = []
    # Highest first: a row moved from 2 to 3 must not be met again among those with 3.
    for attempts in sorted(set(rows.values_list("attempts", flat=True)), reverse=True):  # type: ignore[attr-defined]
        these = rows.filter(attempts=attempts)  # type: ignore[attr-defined]
        if attempts + 1 >= settings.DELIVERY_ATTEMPTS:
            given_up += these.values_list("pk", flat=True)
            these.update(
                state=State.BOUNCED, reason=reason, attempts=F("attempts") + 1, token=held.token, settled_at=Now()
            )
        else:
            these.update(
                state=State.DEFERRED,
                reason=reason,
                attempts=F("attempts") + 1,
                token=held.token,
                not_before=Now() + timedelta(seconds=settings.RETRY_BASE_SECONDS * 2**attempts),
            )
    return given_up


@transaction.atomic
def hand_over(held: Lease, rows: Sequence[int]) -> None:
    """Write that these rows are given to another side now. Raises LeaseLost, and then nothing may be given."""
    if not _HOLD.rows(chunk=held.chunk.pk, token=held.token):
        raise LeaseLost
    _rows_of(held.chunk).queued().filter(pk__in=rows).update(state=State.HANDED_OVER, token=held.token)


def presume(chunk: Chunk) -> None:
    """Whoever held the chunk is no more: what was handed over and not answered goes again if it presses, else it is uncertain.
    Inside the caller's transaction, which has claimed the chunk."""
    rows = _rows_of(chunk).handed_over()
    if chunk.is_pressing:
        rows.update(state=State.QUEUED)
    elif number := rows.update(state=State.UNCERTAIN, reason="no-answer", settled_at=Now()):
        Chunk.objects.filter(pk=chunk.pk).update(uncertain_count=F("uncertain_count") + number)


@transaction.atomic
def give_back(
    held: Lease,
    marks: Sequence[Mark] = (),
    accepted: Sequence[int] = (),
    *,
    away: bool = False,
    unanswered: Sequence[int] = (),
) -> None:
    """As `settle`, for the last ones, and end the lease. Raises LeaseLost as it does.

    unanswered: rows that were to be given to another side and, as the channel itself says, were not: they are queued again.
    away: the channel answered nothing; the chunk rests, twice as long each time, up to five minutes.
    """
    if marks or accepted:
        _settle(held, marks, accepted)
    chunk, failures = held.chunk, held.chunk.failures + 1 if away else 0
    if unanswered:
        _rows_of(chunk).handed_over().filter(pk__in=unanswered, token=held.token).update(state=State.QUEUED)
    _GIVE_BACK[Chunk.Kind(chunk.kind)].write(chunk=chunk.pk, token=held.token, failures=failures)
    if away:
        rest = timedelta(seconds=min(300, 2 ** min(failures, 9)))
        Chunk.objects.filter(pk=chunk.pk, token=held.token).update(not_before=Now() + rest)
