"""Settling: what became of each message, marked in bulk, by the holder of the lease only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from network.models.dialect import locked
from notifications.channels.contract import Fate, Outcome
from notifications.engine.lease import Lease
from notifications.flows import suppressing
from notifications.models import Chunk, Delivery, Notice, Suppression
from notifications.models.deliverable import Deliverable
from notifications.refusals import LeaseLost

State = Deliverable.State
Reason = Suppression.Reason
BECOMES = {Fate.SENT: State.SENT, Fate.DEFERRED: State.DEFERRED, Fate.BOUNCED: State.BOUNCED}
MODEL = {Chunk.Kind.NOTICE: Notice, Chunk.Kind.DELIVERY: Delivery}


class Mark(NamedTuple):
    """One message's outcome, or the reason it was not sent on purpose."""

    row_id: int
    address: str
    outcome: Outcome | None
    dropped: str = ""


def queued_among(chunk: Chunk, row_ids: Sequence[int]) -> list[int]:
    """Which of these rows of a chunk are not settled yet."""
    if not row_ids:
        return []
    rows = MODEL[Chunk.Kind(chunk.kind)]._default_manager.filter(chunk_id=chunk.pk, state=State.QUEUED)
    return list(rows.filter(pk__among=row_ids).values_list("pk", flat=True))


@transaction.atomic
def settle(held: Lease, marks: Sequence[Mark]) -> None:
    """Write the marks in one transaction. Raises LeaseLost when a later lease exists: then nothing is written."""
    if not marks:
        return
    if locked(Chunk.objects.filter(pk=held.chunk.pk, token=held.token)).first() is None:
        raise LeaseLost
    # Only what is still queued: settled a second time, after a commit nobody heard of, a row is counted once.
    rows = MODEL[Chunk.Kind(held.chunk.kind)]._default_manager.filter(chunk_id=held.chunk.pk, state=State.QUEUED)
    groups: dict[tuple[State, str], list[int]] = defaultdict(list)
    for mark in marks:
        groups[_become(mark)].append(mark.row_id)
        if mark.outcome is not None and mark.outcome.is_address_dead:
            suppressing.suppress(mark.address, Reason.HARD_BOUNCE, source=mark.outcome.reason, at=timezone.now())
    final = {"token": held.token, "settled_at": Now(), "attempts": F("attempts") + 1}
    forgotten: dict[str, Any] = {"payload": {}} if held.chunk.kind == Chunk.Kind.NOTICE else {}
    counted: dict[State, int] = defaultdict(int)
    given_up: list[int] = []
    for (state, reason), ids in groups.items():
        these = rows.filter(pk__among=ids)
        if state == State.DEFERRED:
            given_up += _defer(these, held, reason)
        elif state == State.DROPPED:
            dropped = {"state": state, "reason": reason, "token": held.token, "settled_at": Now()}
            counted[state] += these.update(**dropped, **forgotten)
        else:
            counted[state] += these.update(state=state, reason=reason, **final, **forgotten)
    Chunk.objects.filter(pk=held.chunk.pk).update(
        sent_count=F("sent_count") + counted[State.SENT],
        failed_count=F("failed_count") + counted[State.BOUNCED] + len(given_up),
        dropped_count=F("dropped_count") + counted[State.DROPPED],
    )
    if given_up:
        refused = set(given_up)
        # Only what the other side said speaks of the mailbox; a connection that broke does not.
        addresses = {one.address for one in marks if one.row_id in refused and one.outcome and one.outcome.is_reply}
        suppressing.note_soft_bounces(sorted(addresses), source="refused-for-days", at=timezone.now())


def _become(mark: Mark) -> tuple[State, str]:
    """The state and reason a mark leads to."""
    if mark.outcome is None:
        return State.DROPPED, mark.dropped
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
def give_back(held: Lease, *, away: bool = False) -> None:
    """End a lease: the chunk closes when no row in it is queued any more; else it is free again.

    away: the channel answered nothing; the chunk rests, twice as long each time, up to five minutes.
    """
    chunk = locked(Chunk.objects.filter(pk=held.chunk.pk, token=held.token)).first()
    if chunk is None:
        return
    rows = MODEL[Chunk.Kind(chunk.kind)]._default_manager.filter(chunk_id=chunk.pk, state=State.QUEUED)
    chunk.leased_until = None
    chunk.state = Chunk.State.OPEN if rows.exists() else Chunk.State.CLOSED
    chunk.save(update_fields=["leased_until", "state"])
    if away:
        rest = min(300, 2 ** min(chunk.failures + 1, 9))
        Chunk.objects.filter(pk=chunk.pk).update(failures=F("failures") + 1, not_before=Now() + timedelta(seconds=rest))
    elif chunk.failures:
        Chunk.objects.filter(pk=chunk.pk).update(failures=0)
