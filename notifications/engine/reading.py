"""Reading: a leased chunk's rows become messages, with everything asked again that may have changed since they were queued."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from campaigns.publishing import campaign as published
from network.models import ContactConsent
from network.models.prepared import Prepared, Slot, reading
from notifications.channels.contract import Message
from notifications.engine.compiling import CompiledAlert, Recipient, compile_alert
from notifications.engine.lease import Lease
from notifications.engine.wording import word
from notifications.models import Alert, Chunk, Delivery, Notice
from notifications.models.audience import reachable_by

logger = logging.getLogger(__name__)
COLUMNS = ("email", "display_name", "public_id", "neutral_mail")


class Work(NamedTuple):
    """One row to handle: how its message is made, or the reason it is dropped.

    Made when its turn comes: a thousand messages ready in memory would be ten megabytes that no processor's cache holds.
    """

    row_id: int
    address: str
    compose: Callable[[], Message | None] | None
    dropped: str = ""

    def composed(self) -> tuple[Message | None, str]:
        """Its message, or why there is none. One row that cannot be put into bytes must not hold up the other 999."""
        if self.compose is None:
            return None, self.dropped
        try:
            message = self.compose()
        except ValueError:
            logger.error(
                "a message could not be composed; its row is dropped"
            )  # without details: they hold the address
            return None, "not-composable"
        return message, "" if message else "nothing-to-say"


class Known(NamedTuple):
    """An alert in a language as it was when last asked."""

    asked_at: float  # by time.monotonic
    alert: Alert
    compiled: CompiledAlert | None  # None: it may not leave
    recipients: Prepared  # of a chunk


class Reader:
    """Reads chunk after chunk of one channel; remembers what it compiled, for as long as that still holds."""

    def __init__(self, channel: str = ContactConsent.Channel.EMAIL) -> None:
        self._channel = channel
        self._known: dict[tuple[int, str], Known] = {}

    def read(self, held: Lease) -> list[Work]:
        """Every queued row of a leased chunk, last row first: they are taken from the end."""
        rows = self._notices(held.chunk) if held.chunk.kind == Chunk.Kind.NOTICE else self._deliveries(held)
        return list(rows)[::-1]

    @staticmethod
    def _notices(chunk: Chunk) -> Iterator[Work]:
        for notice in Notice.objects.queued().filter(chunk=chunk).order_by("pk"):
            yield Work(notice.pk, notice.address, partial(word, notice))

    def _deliveries(self, held: Lease) -> Iterator[Work]:
        """The audience is asked again: who left since opening gets nothing."""
        chunk = held.chunk
        queued = Delivery.objects.queued().filter(chunk=chunk)
        known = self._known_of(chunk)
        alert, compiled = known.alert, known.compiled
        dropped = "not-in-audience"
        reached: set[int] = set()
        if compiled is None:
            dropped = "not-published"
        elif alert.expires_at is not None and alert.expires_at <= timezone.now():
            dropped = "expired"
        else:
            held.epoch = compiled.epoch
            for recipient in map(Recipient._make, known.recipients.rows(chunk=chunk.pk)):
                reached.add(recipient.row_id)
                yield Work(recipient.row_id, recipient.address, self._making(compiled, recipient))
        if chunk.is_untouched and len(reached) == chunk.size_count:
            return  # everybody; whatever else might stand in it is met when it is leased again
        for row_id in queued.order_by("pk").values_list("pk", flat=True):
            if row_id not in reached:
                yield Work(row_id, "", None, dropped)

    def _making(self, compiled: CompiledAlert, recipient: Recipient) -> Callable[[], Message]:
        """What waits on a page is made when its reader looks, from what may be shown then; so here it is only named."""
        if self._channel == ContactConsent.Channel.EMAIL:
            return partial(compiled.message_for, recipient)
        return partial(Message, recipient.address, b"")

    def _known_of(self, chunk: Chunk) -> Known:
        """Asked anew each COMPILED_SECONDS, as a heartbeat asks: whether the case may still be shown, and as it was compiled.
        The alert's own words no longer change."""
        known, now = self._known.get((chunk.alert_id or 0, chunk.language)), time.monotonic()
        if known is not None and now - known.asked_at < settings.COMPILED_SECONDS:
            return known
        if known is not None and _still_holds(known):
            alert, compiled = known.alert, known.compiled
        else:
            alert = Alert.objects.select_related("campaign__case__defender").get(chunks=chunk)
            compiled = compile_alert(alert, chunk.language)
        known = self._known[alert.pk, chunk.language] = Known(now, alert, compiled, self._recipients_of(alert))
        return known

    def _recipients_of(self, alert: Alert) -> Prepared:
        """Rows of a chunk and people together, in one query. Which domains are suppressed is asked when this is made."""
        return reading(
            lambda: (
                reachable_by(alert, self._channel)
                .filter(deliveries__chunk=Slot("chunk"), deliveries__state=Delivery.State.QUEUED)
                .values_list("deliveries__pk", *COLUMNS)
            )
        )


def _still_holds(known: Known) -> bool:
    return known.compiled is not None and published.permits(
        known.alert.campaign_id, at=timezone.now(), epoch=known.compiled.epoch
    )
