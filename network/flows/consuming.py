"""Consuming: named readers take the log in order, and move their position with their effects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from network.models import Consumer, OutboxEvent
from network.models.dialect import claimable

BATCH = 500

Handler = Callable[[Sequence[OutboxEvent]], object]


@dataclass(frozen=True)
class Reader:
    """A registered consumer: which events it wants (empty: all) and what it does with them."""

    name: str
    handler: Handler
    wants: frozenset[str]


_readers: dict[str, Reader] = {}


def register(name: str, handler: Handler, *, wants: Sequence[type] = ()) -> None:
    """Called from an app's consumers.py. `wants` are event classes; none means every event."""
    _readers[name] = Reader(name, handler, frozenset(event.__name__ for event in wants))


def registered() -> list[str]:
    return list(_readers)


def catch_up(name: str, limit: int = BATCH) -> int:
    """Take the next batch of events; returns how many positions were passed. Zero when another process is reading.

    The handler's writes and the position commit together: an event is effective exactly once, whatever crashes.
    """
    reader = _readers[name]
    Consumer.objects.get_or_create(name=name)
    with transaction.atomic():
        consumer = claimable(Consumer.objects.filter(name=name)).first()
        if consumer is None:
            return 0
        events = list(OutboxEvent.objects.after(consumer.position)[:limit])
        if not events:
            return 0
        wanted = [event for event in events if not reader.wants or event.name in reader.wants]
        if wanted:
            reader.handler(wanted)
        consumer.position = events[-1].position or consumer.position
        consumer.moved_at = timezone.now()
        consumer.save(update_fields=["position", "moved_at"])
    return len(events)


def has_consumed(name: str, event: OutboxEvent | None) -> bool:
    """Whether a consumer's effects already include this event."""
    if event is None or event.position is None:
        return False
    return Consumer.objects.filter(name=name, position__gte=event.position).exists()
