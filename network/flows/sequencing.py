"""Sequencing: committed events get the next gapless positions, one sequencer at a time.

Why not read by id or time: ids are given at INSERT, commits come later and in another order, so a reader that
remembers the highest id passes over rows that commit behind it.
"""

from __future__ import annotations

from django.db import transaction

from network.models import LogHead, OutboxEvent
from network.models.dialect import holds_alone

BATCH = 2000


@transaction.atomic
def sequence(limit: int = BATCH) -> int:
    """Number up to `limit` committed events; returns how many. Zero also when another process is at it."""
    if not holds_alone("sequencer"):
        return 0
    waiting = list(OutboxEvent.objects.unnumbered().order_by("id").only("id")[:limit])
    if not waiting:
        return 0
    head, _ = LogHead.objects.get_or_create(singleton=True)
    for position, event in enumerate(waiting, start=head.position + 1):
        event.position = position
    OutboxEvent.objects.bulk_update(waiting, ["position"], batch_size=500)
    moved = LogHead.objects.filter(singleton=True, position=head.position).update(position=head.position + len(waiting))
    if moved != 1:
        raise RuntimeError("two sequencers ran at once: the log's head moved under this one")
    return len(waiting)
