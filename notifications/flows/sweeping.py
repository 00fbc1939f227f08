"""Sweeping: what a crash, a wiped broker or a refusal left behind finds its way back into chunks."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Greatest, Now

from network.models.dialect import claimable
from notifications.flows.timing import times_of
from notifications.models import Alert, Chunk, Delivery, Notice
from notifications.models.deliverable import Deliverable

State = Deliverable.State
TOGETHER = ("alert_id", "channel", "language", "destination", "zone")  # what the rows of a chunk share


@transaction.atomic
def regroup(*, at: datetime) -> int:
    """Put deferred rows whose time has come into fresh chunks; returns how many rows.

    Grouped as they were (alert, channel, language, destination, zone), at most CHUNK_ROWS a chunk. A row and its chunk change
    in one transaction, so a crash leaves it either deferred or queued, never neither.
    """
    moved = 0
    for model in (Notice, Delivery):
        due = (
            model.objects.deferred()
            .filter(not_before__lte=Now())
            .select_related("chunk__alert")
            .order_by(*(f"chunk__{name}" for name in TOGETHER), "pk")[: 10 * settings.CHUNK_ROWS]
        )
        for _, rows in groupby(due, key=lambda row: [getattr(row.chunk, name) for name in TOGETHER]):
            moved += _rechunk(model, list(rows), at=at)
    return moved


def _rechunk(model: type[Deliverable], rows: list, *, at: datetime) -> int:
    moved = 0
    for start in range(0, len(rows), settings.CHUNK_ROWS):
        some = rows[start : start + settings.CHUNK_ROWS]
        old = some[0].chunk
        chunk = Chunk.objects.create(
            kind=old.kind,
            kind_rank=old.kind_rank,
            severity_rank=old.severity_rank,
            alert_id=old.alert_id,
            channel=old.channel,
            sender=old.sender,
            language=old.language,
            destination=old.destination,
            zone=old.zone,
            **times_of(old.alert, old.zone, at=at)._asdict(),
        )
        for home, left in Counter(row.chunk_id for row in some).items():
            Chunk.objects.filter(pk=home).update(size_count=Greatest(F("size_count") - left, 0))
        went = model._default_manager.filter(pk__in=[row.pk for row in some], state=State.DEFERRED).update(
            chunk=chunk, state=State.QUEUED, not_before=None
        )
        Chunk.objects.filter(pk=chunk.pk).update(size_count=went)
        moved += went
    return moved


@transaction.atomic
def put_off(*, at: datetime) -> int:
    """Chunks whose hours ended before they did wait for the next ones; returns how many. One that a worker still holds is met
    again: it stops at its next heartbeat."""
    late = Chunk.objects.open().past_their_hours().unleased().select_related("alert")
    moved = 0
    for chunk in claimable(late):
        times = times_of(chunk.alert, chunk.zone, at=at)
        moved += Chunk.objects.filter(pk=chunk.pk).update(**times._asdict())
    return moved


def drop_expired(*, at: datetime) -> int:
    """An alert past its end is dropped, never sent late; returns how many deliveries."""
    return _drop(Delivery.objects.filter(alert__expires_at__lte=at), reason="expired", at=at)


def drop_cancelled(*, at: datetime) -> int:
    """What a cancelled alert had still to send is dropped; returns how many deliveries."""
    return _drop(Delivery.objects.filter(alert__state=Alert.State.CANCELLED), reason="cancelled", at=at)


@transaction.atomic
def _drop(deliveries: QuerySet[Delivery], *, reason: str, at: datetime) -> int:
    """Drop unsettled rows, chunk by chunk, except in chunks a worker holds: it stops at its next heartbeat, settles
    what it sent, and the next sweep drops the rest. So no row that was sent is called dropped."""
    unsettled = deliveries.exclude(state__in=Delivery.FINAL)
    free = claimable(Chunk.objects.unleased().filter(pk__in=unsettled.order_by().values("chunk_id")))
    dropped = 0
    for chunk in free:
        rows = Delivery.objects.unsettled().filter(chunk=chunk)
        number = rows.update(state=State.DROPPED, reason=reason, settled_at=at)
        Chunk.objects.filter(pk=chunk.pk).update(state=Chunk.State.CLOSED, dropped_count=F("dropped_count") + number)
        dropped += number
    return dropped
