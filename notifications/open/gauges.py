"""What operators watch: chunks waiting and held, notices by state, alerts under way."""

from __future__ import annotations

from django.db.models import Count

from network.open.metrics import Reading, gauge
from notifications.models import Alert, Chunk, Notice


def _open_chunks() -> Reading:
    for kind, number in Chunk.objects.open().values_list("kind").annotate(n=Count("pk")).order_by("kind"):
        yield {"kind": kind}, number


def _due_chunks() -> Reading:
    yield {}, Chunk.objects.open().due().held_by_nobody_living().sendable().count()


def _notices() -> Reading:
    for state, number in Notice.objects.unsettled().values_list("state").annotate(n=Count("pk")).order_by("state"):
        yield {"state": state}, number


def _alerts() -> Reading:
    yield {}, Alert.objects.under_way().count()


def register() -> None:
    gauge("hamseda_chunks_open", "Chunks with rows still to send.", _open_chunks)
    gauge("hamseda_chunks_due", "Chunks that could be leased now; growing means too few workers.", _due_chunks)
    gauge("hamseda_notices_unsettled", "Notices not yet settled, by state.", _notices)
    gauge("hamseda_alerts_under_way", "Alerts being opened or sent.", _alerts)
