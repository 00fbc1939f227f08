"""Dispatching: keep leasing for a bounded time; between two short transactions, send."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from django.conf import settings
from django.utils import timezone

from network.models import Person
from notifications.channels.contract import ChannelAway, Fate, Message, Outcome, Session
from notifications.channels.smtp import SmtpSession
from notifications.engine import leasing, settling
from notifications.engine.beating import Heart
from notifications.engine.compiling import Recipient, compile_alert
from notifications.engine.leasing import Lease
from notifications.engine.settling import Mark
from notifications.engine.wording import word
from notifications.models import Alert, Chunk, Delivery, Notice
from notifications.models.audience import audience_of
from notifications.refusals import LeaseLost

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Work:
    """One row to handle: its message, or the reason it is dropped."""

    row_id: int
    address: str
    message: Message | None
    dropped: str = ""


def dispatch(*, only_notices: bool = False, open_session: Callable[[], Session] = SmtpSession) -> bool:
    """Send what is due for up to DISPATCH_SECONDS; returns whether more may be waiting."""
    ends_at = time.monotonic() + settings.DISPATCH_SECONDS
    session = open_session()
    try:
        while time.monotonic() < ends_at:
            held = leasing.lease(only_notices=only_notices)
            if held is None:
                return False
            if not _deliver(held, session):
                session.close()
                return False
        return True
    finally:
        session.close()


@dataclass
class _Marks:
    """Outcomes not yet written; written every MARK_SECONDS or MARK_ROWS, whichever is first."""

    held: Lease
    waiting: list[Mark] = field(default_factory=list)
    since: float = field(default_factory=time.monotonic)
    written: int = 0

    def add(self, mark: Mark) -> None:
        self.waiting.append(mark)
        if len(self.waiting) >= settings.MARK_ROWS or time.monotonic() - self.since >= settings.MARK_SECONDS:
            self.write()

    def write(self) -> None:
        marks, self.waiting, self.since = self.waiting, [], time.monotonic()
        settling.settle(self.held, marks)
        self.written += len(marks)


def _deliver(held: Lease, session: Session) -> bool:
    """Send one chunk; returns whether the channel answers. A crash at any line loses nothing: unmarked rows stay queued,
    and whatever ends this function, what was answered is written and the chunk given back."""
    marks, gone = _Marks(held), None
    try:
        with Heart(held) as heart:
            try:
                gone = _send_rows(held, heart, session, marks)
            finally:
                marks.write()
                settling.give_back(held, away=gone is not None and not marks.written)
    except LeaseLost:
        logger.warning("chunk %s was taken over by another worker", held.chunk.pk)
        return True
    if gone is not None:
        logger.warning("the mail relay is away (%s); chunk %s rests", gone.reason, held.chunk.pk)
    return gone is None


def _send_rows(held: Lease, heart: Heart, session: Session, marks: _Marks) -> ChannelAway | None:
    """Send row by row until the chunk ends, the heart says stop, or the channel is away; the last is returned."""
    for work in _work(held):
        if heart.says_stop() or held.is_running_out():
            break
        if work.message is None:
            marks.add(Mark(work.row_id, work.address, None, work.dropped))
            continue
        try:
            outcome = session.send(work.message)
        except ChannelAway as gone:
            if gone.tried:  # this row had its turn: it steps aside, so that it cannot hold up those behind it
                marks.add(Mark(work.row_id, work.address, Outcome(Fate.DEFERRED, gone.reason)))
            return gone
        marks.add(Mark(work.row_id, work.address, outcome))
    return None


def _work(held: Lease) -> Iterator[Work]:
    return _notices(held.chunk) if held.chunk.kind == Chunk.Kind.NOTICE else _deliveries(held)


def _notices(chunk: Chunk) -> Iterator[Work]:
    for notice in Notice.objects.queued().filter(chunk=chunk).order_by("pk"):
        message, dropped = _composed(partial(word, notice))
        yield Work(notice.pk, notice.address, message, dropped)


def _deliveries(held: Lease) -> Iterator[Work]:
    """The chunk's rows, with the audience asked again: who left since opening gets nothing."""
    chunk = held.chunk
    alert = Alert.objects.select_related("campaign__case__defender").get(chunks=chunk)
    rows = list(Delivery.objects.queued().filter(chunk=chunk).order_by("pk").values_list("pk", "person_id"))
    compiled = compile_alert(alert, chunk.language)
    if compiled is None:
        yield from (Work(row_id, "", None, "not-published") for row_id, _ in rows)
        return
    held.epoch = compiled.epoch
    if alert.expires_at is not None and alert.expires_at <= timezone.now():
        yield from (Work(row_id, "", None, "expired") for row_id, _ in rows)
        return
    people = _still_reachable(alert, [person_id for _, person_id in rows if person_id])
    for row_id, person_id in rows:
        person = people.get(person_id)
        if person is None:
            yield Work(row_id, "", None, "not-in-audience")
            continue
        recipient = Recipient(row_id, person.email, person.display_name, person.public_id, person.neutral_mail)
        message, dropped = _composed(partial(compiled.message_for, recipient))
        yield Work(row_id, person.email, message, dropped)


def _composed(compose: Callable[[], Message | None]) -> tuple[Message | None, str]:
    """A message, or why there is none. One row that cannot be put into bytes must not hold up the other 999."""
    try:
        message = compose()
    except ValueError:
        logger.error("a message could not be composed; its row is dropped")  # without details: they hold the address
        return None, "not-composable"
    return message, "" if message else "nothing-to-say"


def _still_reachable(alert: Alert, person_ids: list[int]) -> dict[int, Person]:
    columns = ("pk", "email", "display_name", "public_id", "neutral_mail")
    return {person.pk: person for person in audience_of(alert).filter(pk__in=person_ids).only(*columns)}
