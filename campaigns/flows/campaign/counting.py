"""Counting: tallies move by what the log says, and are reconciled against the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, F, Max, Sum, Value
from django.utils import timezone

from campaigns.events import (
    NamelessSupportGiven,
    ParticipationConfirmed,
    ParticipationsPutBack,
    ParticipationsSetApart,
    ParticipationWithdrawn,
)
from campaigns.models import Participation, Tally
from network.flows.consuming import has_consumed
from network.models import Consumer, OutboxEvent
from network.models.dialect import locked, snapshot
from network.models.prepared import reading

CONSUMER = "tallies"
COUNTED = {ParticipationConfirmed.__name__: 1, ParticipationWithdrawn.__name__: -1}
COUNTED_TOGETHER = {ParticipationsPutBack.__name__: 1, ParticipationsSetApart.__name__: -1}  # times how many they name
WANTED = (
    NamelessSupportGiven,
    ParticipationConfirmed,
    ParticipationWithdrawn,
    ParticipationsPutBack,
    ParticipationsSetApart,
)


def apply_counted(events: Sequence[OutboxEvent]) -> dict[int, int]:
    """Move tallies by what these events counted or uncounted.

    Shape: {action_id: net change}; only actions that changed. The caller moves the consumer's position in the same
    transaction. Source: OutboxEvent, in position order.
    """
    changes: Counter[int] = Counter()
    nameless: Counter[int] = Counter()
    for event in events:
        nameless[event.payload["action_id"]] += event.name == NamelessSupportGiven.__name__
        together = COUNTED_TOGETHER.get(event.name, 0) * event.payload.get("number", 0)
        changes[event.payload["action_id"]] += COUNTED.get(event.name, 0) + together
    moved = {action_id: change for action_id, change in changes.items() if change}
    now = timezone.now()
    for action_id in sorted({*moved, *(+nameless)}):
        Tally.objects.get_or_create(action_id=action_id)
        Tally.objects.filter(action_id=action_id).update(
            confirmed=F("confirmed") + moved.get(action_id, 0),
            nameless=F("nameless") + nameless[action_id],
            as_of=now,
        )
    return moved


def tally_of(action_id: int) -> Tally:
    """The published count of an action; zero before anybody confirmed."""
    return Tally.objects.filter(action_id=action_id).first() or Tally(action_id=action_id, confirmed=0)


def room_left(action_id: int, capacity: int) -> int:
    """Places nobody has taken yet. capacity: for how many there is room."""
    return max(0, capacity - tally_of(action_id).confirmed)


def tallies_of(action_ids: Sequence[int]) -> dict[int, int]:
    """{action_id: confirmed}, for lists."""
    return dict(Tally.objects.filter(action_id__in=action_ids).values_list("action_id", "confirmed"))


def mark_of_all() -> str:
    """Differs whenever any count does: for pages that are kept as long as what they show."""
    return ":".join(str(value) for row in _MARK.rows() for value in row)


# Asked at each request for a page that is kept.
_MARK = reading(
    lambda: (
        Tally.objects.values(all_of_them=Value(1))
        .annotate(total=Sum("confirmed"), last=Max("as_of"))
        .values_list("total", "last")
    )
)


def full_tallies_of(action_ids: Sequence[int]) -> dict[int, Tally]:
    """{action_id: its tally}; an action nobody confirmed yet has none."""
    return {tally.action_id: tally for tally in Tally.objects.filter(action_id__in=action_ids)}


def tally_including(participation: Participation) -> int:
    """The count with this participation in it, even when its event has not been consumed yet."""
    event = (
        OutboxEvent.objects.named(ParticipationConfirmed.__name__)
        .filter(subject_id=str(participation.pk))
        .order_by("-id")
        .first()
    )
    return tally_of(participation.action_id).confirmed + (0 if has_consumed(CONSUMER, event) else 1)


def reconcile(*, at: datetime) -> dict[int, int]:
    """Compare tallies with the rows when the log is fully read; returns {action_id: correction} of what was wrong.

    With unread events the difference is only delay, so nothing is touched.
    """
    with snapshot():  # one view of log and rows: a confirmation between two questions would be counted twice
        consumer = locked(Consumer.objects.filter(name=CONSUMER)).first()
        position = consumer.position if consumer else 0
        if OutboxEvent.objects.unnumbered().exists() or OutboxEvent.objects.after(position).exists():
            return {}
        actual = dict(
            Participation.objects.confirmed()
            .values_list("action_id")
            .annotate(n=Count("pk"))
            .values_list("action_id", "n")
        )
        wrong = {}
        for tally in locked(Tally.objects.order_by("pk")):
            right = actual.get(tally.action_id, 0)
            if tally.confirmed != right:
                wrong[tally.action_id] = right - tally.confirmed
                tally.confirmed, tally.as_of = right, at
                tally.save()
        return wrong
