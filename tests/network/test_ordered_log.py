"""The ordered log under many writers: nobody is missed, nobody is seen twice; and the easy way would have missed some."""

from __future__ import annotations

import random
import threading
import time

import pytest
from django.db import connection, transaction
from django.utils import timezone

from network.events import PersonFound
from network.flows import consuming, sequencing
from network.flows.recording import record
from network.models import Consumer, OutboxEvent
from network.models.dialect import is_postgresql

WRITERS, EACH = 6, 60


def write_many(writer: int, *, seconds: float) -> None:
    """EACH transactions of one to three events; some stay open a while, so that ids and commits disagree."""
    chance = random.Random(writer)
    try:
        for number in range(EACH):
            with transaction.atomic():
                for part in range(chance.randint(1, 3)):
                    record(PersonFound(person_id=writer * 10_000 + number * 10 + part), by=None, at=timezone.now())
                    time.sleep(chance.random() * seconds)
                if chance.random() < 0.1:
                    transaction.set_rollback(True)
    finally:
        connection.close()


@pytest.fixture
def seen() -> list[int]:
    found: list[int] = []
    consuming.register("test-reader", lambda events: found.extend(event.position for event in events))
    yield found
    consuming._readers.pop("test-reader")


@pytest.mark.django_db(transaction=True)
def test_a_consumer_misses_none_and_sees_none_twice(seen):
    threads = [
        threading.Thread(target=write_many, args=(writer,), kwargs={"seconds": 0.004 if is_postgresql() else 0})
        for writer in range(WRITERS)
    ]
    naive_seen: set[int] = set()
    naive_highest = 0
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        sequencing.sequence()
        consuming.catch_up("test-reader")
        # The reader this project does not have: it remembers the highest id.
        fresh = list(OutboxEvent.objects.filter(id__gt=naive_highest).order_by("id").values_list("id", flat=True))
        naive_seen.update(fresh)
        naive_highest = max([naive_highest, *fresh])
    for thread in threads:
        thread.join()
    while sequencing.sequence() or consuming.catch_up("test-reader"):
        pass
    committed = OutboxEvent.objects.count()
    assert committed > WRITERS * EACH
    assert seen == list(range(1, committed + 1))
    assert OutboxEvent.objects.filter(position=None).count() == 0
    if is_postgresql():
        fresh = OutboxEvent.objects.filter(id__gt=naive_highest).values_list("id", flat=True)
        assert len(naive_seen | set(fresh)) < committed, "reading by id was expected to miss rows"


@pytest.mark.django_db(transaction=True)
def test_two_sequencers_at_once_number_each_row_once():
    with transaction.atomic():
        for number in range(200):
            record(PersonFound(person_id=number), by=None, at=timezone.now())

    def number_some() -> None:
        try:
            for _ in range(20):
                sequencing.sequence(limit=15)
        finally:
            connection.close()

    threads = [threading.Thread(target=number_some) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while sequencing.sequence():
        pass
    positions = list(OutboxEvent.objects.order_by("position").values_list("position", flat=True))
    assert positions == list(range(1, 201))


@pytest.mark.django_db
def test_a_failing_consumer_keeps_its_place_and_stops_nobody(installed):
    from network.flows.relaying import relay

    with transaction.atomic():
        record(PersonFound(person_id=1), by=None, at=timezone.now())

    def fail(events: object) -> None:
        raise RuntimeError("planted")

    consuming.register("test-failing", fail)
    try:
        relay()
        assert Consumer.objects.get(name="test-failing").position == 0
        assert Consumer.objects.get(name="audit").position == 1
        healed: list[int] = []
        consuming.register("test-failing", lambda events: healed.extend(e.position for e in events))
        relay()
        assert healed == [1]
    finally:
        consuming._readers.pop("test-failing")


@pytest.mark.django_db
def test_a_consumer_reads_only_what_it_wants_and_passes_the_rest(installed):
    from network.events import PersonErased

    got: list[str] = []
    consuming.register("test-picky", lambda events: got.extend(e.name for e in events), wants=[PersonErased])
    try:
        with transaction.atomic():
            record(PersonFound(person_id=1), by=None, at=timezone.now())
            record(PersonErased(person_id=1), by=None, at=timezone.now())
        sequencing.sequence()
        assert consuming.catch_up("test-picky") == 2
        assert got == ["PersonErased"]
        assert consuming.catch_up("test-picky") == 0
    finally:
        consuming._readers.pop("test-picky")


@pytest.mark.django_db(transaction=True)
def test_a_fact_without_its_cause_is_refused():
    with pytest.raises(ValueError, match="inside the flow's transaction"):
        record(PersonFound(person_id=1), by=None, at=timezone.now())
