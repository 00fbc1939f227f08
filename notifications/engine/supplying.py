"""Supplying: where a session's messages come from and its answers go (a Source, see channels.contract), over leased chunks.

Chunks are leased as the connections empty them, so that none of them waits for a chunk's last answer. Whatever ends this, what
was answered is written and every chunk given back.
"""

from __future__ import annotations

import logging
import time
from contextlib import suppress

from django.conf import settings

from notifications.channels.contract import ChannelAway, Fate, Message, Outcome
from notifications.engine import leasing, settling
from notifications.engine.beating import DATABASE_AWAY, Heart, drop_connection
from notifications.engine.held import Held, how_pressing
from notifications.engine.journalling import Journal
from notifications.engine.pacing import Pacer
from notifications.engine.reading import Reader
from notifications.engine.settling import Mark
from notifications.models import Alert
from notifications.refusals import LeaseLost

logger = logging.getLogger(__name__)
LOOK_SECONDS = 0.25  # between two looks for something else to send, while what is held may not leave yet


def _database_away(error: Exception) -> ChannelAway:
    """No reason to lose what the other side still has to say: begin nothing more, and wait for that."""
    drop_connection()
    return ChannelAway(f"database-{type(error).__name__}"[:40])


class Supply:
    """Of one channel, for up to DISPATCH_SECONDS."""

    def __init__(self, heart: Heart, *, channel: str, only_notices: bool) -> None:
        self._heart = heart
        self._channel = channel
        self._only_notices = only_notices
        self._ends_at = time.monotonic() + settings.DISPATCH_SECONDS
        self._mark_rows, self._mark_seconds = settings.MARK_ROWS, settings.MARK_SECONDS
        self._reader = Reader(channel)
        self._journal = Journal()
        self._pacer = Pacer()
        self._held: list[Held] = []
        self._current: Held | None = None
        self._waiting: list[Held] = []  # for their limit, or set aside for one that waited for it
        self._look_at = 0.0  # when they are asked again
        self._none_until = 0.0  # nothing else was there to lease when last asked
        self._was_paced = False  # and what was held had to wait
        self._asked_away_at = self._asked_overtaken_at = time.monotonic()
        self._away = False
        self.may_have_more = False

    def take(self) -> Message | None:
        try:
            return self._take()
        except DATABASE_AWAY as error:
            raise _database_away(error) from None

    def _take(self) -> Message | None:
        while True:
            self._let_overtake()
            held = self._current = self._most_pressing() if self._waiting else self._current or self._next()
            if held is None:
                return None
            if held.is_lost or held.is_stale() or self._heart.says_stop(held.lease) or held.lease.is_running_out():
                held.rows.clear()
            while held.rows and self._pacer.allows(held.lease.chunk):
                row = held.rows.pop()
                message, instead = held.composed(row)
                if message is not None:
                    held.outstanding += 1
                    return message
                if instead is not None:
                    self._mark(held, instead)
            self._current = None
            if held.rows:
                held.is_paced = True
                self._waiting.append(held)
            self._give_back_if_done(held)

    def _let_overtake(self) -> None:
        """A chunk begun may take a slow relay a minute: what presses more goes before the rest of it."""
        now, going = time.monotonic(), self._current
        if going is None or now < self._asked_overtaken_at + settings.OPENING_LOOK_SECONDS:
            return
        self._asked_overtaken_at = now
        if (
            not self._only_notices
            and Alert.objects.opening().unopened().before(going.lease.chunk.severity_rank).exists()
        ):
            going.rows.clear()  # given back, so that this worker may open it
            self._ends_at, self.may_have_more = now, True
            return
        if leasing.is_overtaken(going.lease.chunk, resting=self._resting()):
            self._waiting.append(going)
            self._current, self._none_until = None, 0.0
            self._next()

    def _resting(self) -> list[str]:
        """Buckets of which nothing may leave just now."""
        return [held.lease.chunk.bucket for held in self._waiting if held.is_paced]

    def is_waiting(self) -> bool:
        return bool(self._waiting)

    def _most_pressing(self) -> Held | None:
        """What goes on now. Leasing takes its time: what waited meanwhile is asked once more before something new begins."""
        return self._awake() or self._current or (self._next() and (self._awake() or self._current))

    def _awake(self) -> Held | None:
        """The most pressing that was held back and may go on; or, when time is over, be given back. Then the timetable begins
        the next run, and no bell: a run that only waits must not stand in the way of one that opens an alert.

        Asked again several times a block also while something else leaves, which then stands aside: a long chunk without a
        limit would else keep one that has a limit far below it.
        """
        now = time.monotonic()
        if not self._waiting or (self._current is not None and now < self._look_at):
            return None
        self._look_at, is_over = now + settings.BLOCK_SECONDS / 4, now >= self._ends_at
        for held in sorted(self._waiting, key=how_pressing):
            if is_over or (not self._gives_way(held) and not self._pacer.is_empty(held.lease.chunk, at=now)):
                self._waiting.remove(held)
                if is_over and held.is_paced:
                    held.rows.clear()
                if self._current is not None:
                    self._waiting.append(self._current)
                return held
        return None

    def _gives_way(self, held: Held) -> bool:
        """What presses more is under way, and this was set aside for it or draws on the same limit."""
        going = self._current
        return (
            going is not None
            and how_pressing(going) < how_pressing(held)
            and (not held.is_paced or self._pacer.share_a_limit(going.lease.chunk, held.lease.chunk))
        )

    def _next(self) -> Held | None:
        """Another chunk, while there is time."""
        if time.monotonic() >= self._ends_at:
            self.may_have_more = not self._was_paced
            return None
        if self._waiting and time.monotonic() < self._none_until:
            return None
        if not self._only_notices and self._is_called_away():
            self._ends_at, self.may_have_more = time.monotonic(), True
            return None
        lease = leasing.lease(
            channel=self._channel,
            only_notices=self._only_notices,
            without=[held.lease.chunk.pk for held in self._held],
            resting=self._resting(),
        )
        if lease is None:
            self._none_until = time.monotonic() + LOOK_SECONDS
            self._was_paced = bool(self._waiting)
            return None
        self._was_paced = False
        self._heart.watch(lease)
        held = Held(lease)
        self._held.append(held)
        self._current = held
        held.rows, held.compose, dropped = self._reader.read(lease)
        for row_id, why in dropped:
            self._mark(held, Mark(row_id, "", None, why))
        return held

    def _is_called_away(self) -> bool:
        """An alert nobody has a delivery of yet waits for a worker of this queue to open it: that must not take a whole run."""
        now = time.monotonic()
        if now < self._asked_away_at + settings.OPENING_LOOK_SECONDS:
            return False
        self._asked_away_at = now
        return Alert.objects.opening().unopened().exists()

    def hand_over(self, messages: list[Message]) -> list[Message]:
        together: dict[Held, list[Message]] = {}
        for message in messages:
            together.setdefault(message.key[0], []).append(message)
        may = []
        try:
            for held, theirs in together.items():
                rows = [message.key[1] for message in theirs]
                if not held.is_lost and not self._heart.says_stop(held.lease):
                    with suppress(LeaseLost):
                        settling.hand_over(held.lease, rows)
                        held.handed_over.update(rows)
                        may += theirs
                        continue
                    held.is_lost = True
                held.outstanding -= len(theirs)  # never given: still queued
        except DATABASE_AWAY as error:
            raise _database_away(error) from None
        return may

    def tell(self, message: Message, outcome: Outcome) -> None:
        held, row_id = message.key
        held.handed_over.discard(row_id)
        held.outstanding -= 1
        held.reached += outcome.is_reply
        if outcome.fate is not Fate.SENT:
            self._mark(held, Mark(row_id, message.recipient, outcome))
            return
        self._journal.note(held.lease.chunk_id, held.lease.token, row_id)
        if not held.has_unwritten:
            held.marked_at = time.monotonic()
        held.accepted.append(row_id)

    def keep(self) -> None:
        self._journal.keep()
        now = time.monotonic()
        try:
            for held in list(self._held):
                if held.has_unwritten and (
                    now - held.marked_at >= self._mark_seconds
                    or len(held.accepted) + len(held.marks) >= self._mark_rows
                ):
                    self._write(held)
                self._give_back_if_done(held)
        except DATABASE_AWAY as error:
            raise _database_away(error) from None

    @staticmethod
    def _mark(held: Held, mark: Mark) -> None:
        if not held.has_unwritten:
            held.marked_at = time.monotonic()
        held.marks.append(mark)

    def _write(self, held: Held, *, ends: bool = False) -> None:
        """Marks that cannot be written stay here, and in the journal, until they can: nothing accepted is ever sent again.
        ends: with them the chunk is given back."""
        try:
            if ends and not held.is_lost:
                settling.give_back(
                    held.lease,
                    held.marks,
                    held.accepted,
                    away=self._away and not held.reached,
                    unanswered=sorted(held.handed_over),
                )
            elif not held.is_lost:
                settling.settle(held.lease, held.marks, held.accepted)
        except LeaseLost:
            held.is_lost = True
            logger.warning("chunk %s was taken over by another worker", held.lease.chunk.pk)
        held.marks, held.accepted = [], []

    def _give_back_if_done(self, held: Held) -> None:
        if held is not self._current and not held.rows and not held.outstanding:
            self._give_back(held)

    def _give_back(self, held: Held) -> None:
        if held not in self._held:
            return
        self._write(held, ends=True)
        self._held.remove(held)
        self._heart.leave(held.lease)

    def rest(self, gone: ChannelAway) -> None:
        """The channel is away: what it did not answer is still queued, and chunks that reached nobody rest."""
        self._away = True
        what = {"database": "the database", "journal": "the journal"}.get(
            gone.reason.partition("-")[0], "the mail relay"
        )
        logger.warning("%s is away (%s); %s chunks rest", what, gone.reason, len(self._held))

    def end(self) -> None:
        """Write what was answered, give back every chunk, and empty the journal once nothing in it is unmarked."""
        self._current = None
        try:
            for held in list(self._held):
                held.rows.clear()
                with suppress(*DATABASE_AWAY):  # then its lease runs out, and whoever takes it over reads the journal
                    self._give_back(held)
            if not self._held:
                self._journal.clear()
        finally:
            self._journal.close()
