"""Reading: a leased chunk's rows become messages, with everything asked again that may have changed since they were queued."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from notifications.channels.contract import Message
from notifications.engine.compiling import CompiledAlert, Recipient, compile_alert
from notifications.engine.lease import Lease
from notifications.engine.wording import word
from notifications.models import Alert, Chunk, Delivery, Notice
from notifications.models.audience import reachable_by

logger = logging.getLogger(__name__)
COLUMNS = ("pk", "email", "display_name", "public_id", "neutral_mail")


class Work(NamedTuple):
    """One row to handle: its message, or the reason it is dropped."""

    row_id: int
    address: str
    message: Message | None
    dropped: str = ""


class Reader:
    """Reads chunk after chunk; remembers what it compiled for COMPILED_SECONDS, no longer than a heartbeat would."""

    def __init__(self) -> None:
        self._compiled: dict[tuple[int, str], tuple[float, Alert, CompiledAlert | None]] = {}

    def read(self, held: Lease) -> list[Work]:
        """Every queued row of a leased chunk, last row first: they are taken from the end."""
        rows = self._notices(held.chunk) if held.chunk.kind == Chunk.Kind.NOTICE else self._deliveries(held)
        return list(rows)[::-1]

    @staticmethod
    def _notices(chunk: Chunk) -> Iterator[Work]:
        for notice in Notice.objects.queued().filter(chunk=chunk).order_by("pk"):
            message, dropped = _composed(partial(word, notice))
            yield Work(notice.pk, notice.address, message, dropped)

    def _deliveries(self, held: Lease) -> Iterator[Work]:
        """The audience is asked again: who left since opening gets nothing."""
        chunk = held.chunk
        rows = list(Delivery.objects.queued().filter(chunk=chunk).order_by("pk").values_list("pk", "person_id"))
        alert, compiled = self._compile(chunk)
        if compiled is None:
            yield from (Work(row_id, "", None, "not-published") for row_id, _ in rows)
            return
        held.epoch = compiled.epoch
        if alert.expires_at is not None and alert.expires_at <= timezone.now():
            yield from (Work(row_id, "", None, "expired") for row_id, _ in rows)
            return
        reachable = reachable_by(alert).filter(pk__among=[person_id for _, person_id in rows if person_id])
        people = {row[0]: row for row in reachable.values_list(*COLUMNS)}
        for row_id, person_id in rows:
            if person_id not in people:
                yield Work(row_id, "", None, "not-in-audience")
                continue
            recipient = Recipient(row_id, *people[person_id][1:])
            message, dropped = _composed(partial(compiled.message_for, recipient))
            yield Work(row_id, recipient.address, message, dropped)

    def _compile(self, chunk: Chunk) -> tuple[Alert, CompiledAlert | None]:
        known = self._compiled.get((chunk.alert_id or 0, chunk.language))
        if known is not None and time.monotonic() - known[0] < settings.COMPILED_SECONDS:
            return known[1], known[2]
        alert = Alert.objects.select_related("campaign__case__defender").get(chunks=chunk)
        compiled = compile_alert(alert, chunk.language)
        self._compiled[alert.pk, chunk.language] = (time.monotonic(), alert, compiled)
        return alert, compiled


def _composed(compose: Callable[[], Message | None]) -> tuple[Message | None, str]:
    """A message, or why there is none. One row that cannot be put into bytes must not hold up the other 999."""
    try:
        message = compose()
    except ValueError:
        logger.error("a message could not be composed; its row is dropped")  # without details: they hold the address
        return None, "not-composable"
    return message, "" if message else "nothing-to-say"
