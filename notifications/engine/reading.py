"""Reading: a leased chunk's rows become messages, with everything asked again that may have changed since they were queued."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.conf import settings
from django.utils import timezone

from campaigns.publishing import permitting
from network.models import ContactConsent
from network.models.prepared import Prepared, Slot, reading
from notifications.channels.contract import Message
from notifications.engine.compiling import CompiledAlert, compile_alert
from notifications.engine.lease import Lease
from notifications.engine.letters import mail_of
from notifications.engine.wording import word
from notifications.flows import noticing
from notifications.models import Alert, Chunk, Delivery, Letter, Notice, Suppression
from notifications.models.audience import reachable_by

COLUMNS = ("email", "display_name", "public_id", "neutral_mail")
Row = Sequence[Any]


class Batch(NamedTuple):
    """What a leased chunk holds: rows to be sent, the last first because they are taken from the end, and those that are not
    to be sent.

    A row begins with its id and its address. Its message is made when its turn comes: a thousand messages ready in memory would
    be ten megabytes that no processor's cache holds.
    """

    rows: list[Row]
    compose: Callable[[Row, Any], Message | None]  # (row, the message's key)
    dropped: Sequence[tuple[int, str]] = ()  # (row's id, why)


@dataclass
class Known:
    """An alert as it was when last asked."""

    alert: Alert
    asked_at: float  # by time.monotonic
    closed_domains: list[str]  # to which nothing goes
    recipients: Prepared  # of a chunk
    compiled: dict[str, CompiledAlert | None] = field(default_factory=dict)  # by language; None: it may not leave


class Reader:
    """Reads chunk after chunk of one channel; remembers what it compiled, for as long as that still holds."""

    def __init__(self, channel: str = ContactConsent.Channel.EMAIL) -> None:
        self._channel = channel
        self._known: dict[int, Known] = {}

    def read(self, held: Lease) -> Batch:
        """Every queued row of a leased chunk."""
        kind = held.chunk.kind
        if kind == Chunk.Kind.DELIVERY:
            return self._deliveries(held)
        return self._notices(held.chunk) if kind == Chunk.Kind.NOTICE else self._letters(held.chunk)

    @staticmethod
    def _letters(chunk: Chunk) -> Batch:
        """Whether each may go is asked when its turn comes: there are few, and they leave slowly."""
        queued = Letter.objects.queued().filter(chunk=chunk).select_related("lane").order_by("-pk")
        return Batch([(letter.pk, letter.lane.mailbox, letter) for letter in queued], _letter)

    @staticmethod
    def _notices(chunk: Chunk) -> Batch:
        queued = list(Notice.objects.queued().filter(chunk=chunk).order_by("-pk"))
        dropped = noticing.dropped_since(queued)
        rows: list[Row] = [(notice.pk, notice.address, notice) for notice in queued if notice.pk not in dropped]
        return Batch(rows, _notice, list(dropped.items()))

    def _deliveries(self, held: Lease) -> Batch:
        """The audience is asked again: who left since opening gets nothing."""
        chunk = held.chunk
        known = self._known_of(chunk)
        alert, compiled = known.alert, known.compiled[chunk.language]
        if compiled is None:
            return Batch([], nothing, self._others(chunk, why="not-published"))
        if alert.expires_at is not None and alert.expires_at <= timezone.now():
            return Batch([], nothing, self._others(chunk, why="expired"))
        held.epoch = compiled.epoch
        # What waits on a page is made when its reader looks, from what may be shown then; so here it is only named.
        compose = compiled.message_for if self._channel == ContactConsent.Channel.EMAIL else _named
        rows = list(known.recipients.rows(chunk=chunk.pk))
        rows.reverse()
        if chunk.is_untouched and len(rows) == chunk.size_count:
            return Batch(rows, compose)  # everybody; whatever else might stand in it is met when it is leased again
        return Batch(rows, compose, self._others(chunk, why="not-in-audience", than={row[0] for row in rows}))

    @staticmethod
    def _others(chunk: Chunk, *, why: str, than: Collection[int] = ()) -> list[tuple[int, str]]:
        """Rows of a chunk that are not to be sent, and why."""
        queued = Delivery.objects.queued().filter(chunk=chunk).order_by("pk").values_list("pk", flat=True)
        return [(row_id, why) for row_id in queued if row_id not in than]

    def _known_of(self, chunk: Chunk) -> Known:
        """With the chunk's language. Asked anew each COMPILED_SECONDS, as a heartbeat asks: whether the case may still be shown,
        and as it was compiled, and which domains are closed. The alert's own words no longer change."""
        known, now = self._known.get(chunk.alert_id or 0), time.monotonic()
        if known is None or now - known.asked_at >= settings.COMPILED_SECONDS:
            known = self._asked_anew(chunk, known, now)
        if chunk.language not in known.compiled:
            known.compiled[chunk.language] = compile_alert(known.alert, chunk.language)
        return known

    def _asked_anew(self, chunk: Chunk, known: Known | None, now: float) -> Known:
        closed = sorted(Suppression.objects.domains())
        if known is None or not _still_holds(known):
            alert = Alert.objects.select_related("campaign__case__defender").get(chunks=chunk)
            known = self._known[alert.pk] = Known(alert, now, closed, self._recipients_of(alert))
        elif closed != known.closed_domains:
            known.closed_domains, known.recipients = closed, self._recipients_of(known.alert)
        known.asked_at = now
        return known

    def _recipients_of(self, alert: Alert) -> Prepared:
        """Rows of a chunk and people together, in one query. Which domains are closed is asked when it is compiled."""
        return reading(
            lambda: (
                reachable_by(alert, self._channel)
                .filter(deliveries__chunk=Slot("chunk"), deliveries__state=Delivery.State.QUEUED)
                .values_list("deliveries__pk", *COLUMNS)
            )
        )


def _still_holds(known: Known) -> bool:
    """What was compiled, in whichever languages, may leave as it is."""
    compiled = list(known.compiled.values())
    epochs = {one.epoch for one in compiled if one is not None}
    return (
        None not in compiled
        and len(epochs) == 1
        and permitting.permits(known.alert.campaign_id, at=timezone.now(), epoch=epochs.pop())
    )


def _notice(row: Row, key: Any) -> Message | None:
    message = word(row[2])
    return message._replace(key=key) if message else None


def _letter(row: Row, key: Any) -> Message:
    return mail_of(row[2], at=timezone.now())._replace(key=key)


def _named(row: Row, key: Any) -> Message:
    return Message(row[1], b"", key)


def nothing(_row: Row, _key: Any) -> None:
    """Composes no row: there is none."""
