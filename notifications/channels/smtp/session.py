"""SmtpSession: up to SMTP_CONNECTIONS conversations on one selector loop.

Connections are opened as they are needed: a code for signing in opens one. One that dies is replaced; when a fresh one dies too
without having brought an answer, or none can be opened, the relay is away.
"""

from __future__ import annotations

import contextlib
import logging
import selectors
import time

from django.conf import settings

from notifications.channels.contract import ChannelAway, Fate, Message, Outcome, Source
from notifications.channels.smtp.conversation import Closed, Conversation
from notifications.channels.smtp.greeting import greet

logger = logging.getLogger(__name__)
WAIT_SECONDS = 0.25  # how long to wait for a reply before looking at the clock
PACED_SECONDS = 0.05  # the same while the source holds back what may leave soon


class SmtpSession:
    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        self._open: list[Conversation] = []
        self._limit = settings.SMTP_CONNECTIONS  # falls with each 421, for the life of this session
        self._told: list[tuple[Message, Outcome]] = []
        self._away: str = ""  # why nothing more is begun
        self._ready: list[Conversation] = []  # to be fed next
        self._dry = False  # the source had nothing
        self._waits = False  # it has more, which may not leave yet
        self._spare: Message | None = None  # taken, and not begun: the connection meant for it could not be opened
        self._looked_at = 0.0  # when last for replies that are overdue

    def run(self, source: Source) -> None:
        self._away, self._dry, self._ready = "", False, list(self._open)
        while True:
            self._begin(source)
            self._pass_on(source)
            if all(one.is_idle for one in self._open):
                if self._away:
                    raise ChannelAway(self._away)
                if self._dry:
                    return
            self._listen()
            self._pass_on(source)

    def _begin(self, source: Source) -> None:
        """Give every free conversation a message, and open another while all are busy and there is more. Only what was heard
        since it was last fed can be free, or what there was nothing for."""
        ready, self._ready = self._ready, []
        for one in ready:
            if one in self._open:
                self._feed(one, source)
        while not (self._dry or self._away) and len(self._open) < self._limit:
            message = self._next(source)
            if message is None:
                return
            opened = self._opened()
            if opened is None:
                self._spare = message  # for the next conversation that is free
                return
            opened.give(message)
            self._feed(opened, source)

    def _next(self, source: Source) -> Message | None:
        message, self._spare = self._spare, None
        try:
            message = message or source.take()
        except ChannelAway as gone:  # begin nothing more; what is under way is still waited for
            self._away = gone.reason
            return None
        self._dry = message is None and not source.is_waiting()
        self._waits = message is None and not self._dry
        return message

    def _opened(self) -> Conversation | None:
        try:
            one = Conversation(greet(), lambda message, outcome: self._told.append((message, outcome)))
        except ChannelAway as gone:
            if self._open:  # those that are open go on; the relay takes no more than these
                self._limit = len(self._open)
            else:
                self._away = gone.reason
            return None
        self._open.append(one)
        self._selector.register(one.sock, selectors.EVENT_READ, one)
        return one

    def _feed(self, one: Conversation, source: Source) -> None:
        while not (self._dry or self._away) and one.wants_message:
            message = self._next(source)
            if message is None:
                self._ready.append(one)
                break
            one.give(message)
            if one.has_output:
                break
        self._send(one)

    def _send(self, one: Conversation) -> None:
        try:
            one.send()
        except Closed as closed:
            self._lost(one, closed)
            return
        if one.has_output != one.is_watched_for_room:
            one.is_watched_for_room = one.has_output
            wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if one.has_output else 0)
            self._selector.modify(one.sock, wanted, one)

    def _listen(self) -> None:
        """Read whatever has come, on every connection, before anything more is sent on any."""
        for key, events in self._selector.select(PACED_SECONDS if self._waits else WAIT_SECONDS):
            one: Conversation = key.data
            self._ready.append(one)
            if not events & selectors.EVENT_READ:
                continue
            try:
                one.receive()
            except Closed as closed:
                self._lost(one, closed)
        now = time.monotonic()
        if now - self._looked_at > WAIT_SECONDS:
            self._looked_at = now
            for one in list(self._open):
                if one.is_late(now):
                    self._lost(one, Closed("connection-TimeoutError"))

    def _pass_on(self, source: Source) -> None:
        """Tell what was answered, and have it kept, before the next content leaves; while the source waits, what it has yet to
        write too."""
        if self._told or self._waits:
            told, self._told = self._told, []
            for message, outcome in told:
                source.tell(message, outcome)
            try:
                source.keep()
            except ChannelAway as unkept:  # begin nothing more; what is under way is still waited for, and told
                self._away = unkept.reason

    def _lost(self, one: Conversation, closed: Closed) -> None:
        """A conversation ended. Its messages had their turn and step aside, so that none of them can hold up those behind;
        unless it was about all of them: then each is still queued."""
        self._forget(one)
        if closed.for_all:
            self._away = closed.reason
            return
        for message in one.held():
            is_gone = message is one.unanswered
            outcome = Outcome(Fate.DEFERRED, closed.reason, is_reply=False, may_have_arrived=is_gone)
            self._told.append((message, outcome))
        if one.is_idle and one.answered:  # it was done with; that it is closed says nothing about the next
            return
        if closed.reason == "smtp-421":
            self._limit = len(self._open)
        if not one.answered or self._limit == 0:
            self._away = closed.reason
        logger.info("a connection to the relay ended: %s", closed.reason)

    def _forget(self, one: Conversation) -> None:
        self._open.remove(one)
        with contextlib.suppress(KeyError, ValueError, OSError):
            self._selector.unregister(one.sock)
        with contextlib.suppress(OSError):
            one.sock.close()

    def close(self) -> None:
        """QUIT on every connection that owes nothing, and wait a moment for the answers, as is polite."""
        for one in list(self._open):
            with contextlib.suppress(OSError):
                if one.is_idle:
                    one.sock.settimeout(0.2)
                    one.sock.sendall(b"QUIT\r\n")
        ends_at = time.monotonic() + 0.2
        for one in list(self._open):
            with contextlib.suppress(OSError):
                if one.is_idle and time.monotonic() < ends_at:
                    one.sock.recv(512)
            self._forget(one)
        self._selector.close()
