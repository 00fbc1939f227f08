"""Conversation: one connection, at most one message whose content has left and is not answered.

Where the relay announces PIPELINING, the envelope of the next message goes out with the content of this one (RFC 2920 lets
content be the first of a group), so that in the steady state one write and one read move one message. Where it does not, each
step waits for its reply. Both are the same list of steps: only how many of them may be written at once differs.
"""

from __future__ import annotations

import re
import ssl
import time
from collections import deque
from collections.abc import Callable

from django.conf import settings

from notifications.channels.contract import SENT, Fate, Message, Outcome
from notifications.channels.smtp.greeting import Greeted

# RFC 3463: permanent codes that say the mailbox itself is gone, not that this message displeased.
DEAD_MAILBOX_REPLIES = (b"5.1.1", b"5.1.2", b"5.1.6", b"5.1.10", b"5.2.1")
READ_BYTES = 4096  # more than the replies to one message; a larger buffer costs time each time
MOST_BYTES = 65_536  # of a reply
NOT_NOW = (BlockingIOError, InterruptedError, ssl.SSLWantReadError, ssl.SSLWantWriteError)
RSET, MAIL, RCPT, DATA, CONTENT, DOT = "rset", "mail", "rcpt", "data", "content", "dot"
ENVELOPE = (MAIL, RCPT, DATA)
AS_HOPED = {MAIL: b"250", RCPT: b"250", DATA: b"354", CONTENT: b"250"}  # the reply that nearly always comes
_SAFE = re.compile(r"[\x21-\x3b\x3d\x3f-\x7e]+").fullmatch  # printable ASCII without a space or the brackets


class Closed(Exception):
    """The conversation is over. `reason` is a code; for_all: it says something about every message, not about one."""

    def __init__(self, reason: str, *, for_all: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.for_all = for_all


class Conversation:
    """Feed it with `give` while `wants_message`, call `receive` when the socket can be read and `send` when it can be written."""

    def __init__(self, greeted: Greeted, answer: Callable[[Message, Outcome], None]) -> None:
        self.sock = greeted.sock
        self._pipelining = greeted.pipelining
        self._mail = b"MAIL FROM:<%b>%b\r\n" % (
            settings.MAIL_RETURN.encode(),
            b" BODY=8BITMIME" if greeted.eight_bit else b"",
        )
        self._answer = answer
        self._ahead: Message | None = None  # its envelope is being said
        self._under_way: Message | None = None  # its content has left, its answer has not come
        self._refused: Outcome | None = None  # what the relay said to the envelope's address
        self._unclean = False  # an envelope was begun and not ended: RSET before the next
        self._steps: deque[tuple[str, bytes]] = deque()  # to be written
        self._expected: deque[str] = deque()  # replies that will come, in order
        self._in = b""
        self._out = b""
        self.is_watched_for_room = False  # the session waits for the socket to take more
        self.answered = 0  # messages whose fate this conversation brought
        self.heard_at = time.monotonic()

    @property
    def wants_message(self) -> bool:
        """The next envelope may be given: the one before has become content, or there is none."""
        return self._ahead is None and not self._steps and (self._pipelining or self._under_way is None)

    @property
    def is_idle(self) -> bool:
        return self._ahead is None and self._under_way is None and not self._expected and not self._steps

    @property
    def has_output(self) -> bool:
        return bool(self._out)

    @property
    def unanswered(self) -> Message | None:
        """The one whose content has left."""
        return self._under_way

    def held(self) -> list[Message]:
        """Messages taken and not answered: their content has left or not."""
        return [message for message in (self._under_way, self._ahead) if message is not None]

    def give(self, message: Message) -> None:
        """Begin a message's envelope. An address that could end its line or its brackets is refused here, and never said."""
        if not _SAFE(message.recipient):
            self._answer(message, Outcome(Fate.BOUNCED, "bad-address", is_reply=False))
            return
        if not self._expected:  # it was idle, and owes a reply only from now on
            self.heard_at = time.monotonic()
        self._ahead, self._refused = message, None
        recipient = b"RCPT TO:<%b>\r\n" % message.recipient.encode("ascii")
        if self._unclean:
            self._unclean = False
            self._steps.append((RSET, b"RSET\r\n"))
        if self._pipelining and not self._steps:
            self._out += b"%b%bDATA\r\n" % (self._mail, recipient)
            self._expected += ENVELOPE
        else:
            self._steps += ((MAIL, self._mail), (RCPT, recipient), (DATA, b"DATA\r\n"))
            self._write()

    def _write(self) -> None:
        """Move steps to the wire: all of them where the relay takes them at once, else one when none is unanswered."""
        while self._steps and (self._pipelining or not self._expected):
            kind, line = self._steps.popleft()
            self._out += line
            self._expected.append(kind)

    def send(self) -> None:
        """Write what the socket takes now. Raises Closed."""
        try:
            while self._out:
                sent = self.sock.send(self._out)
                self._out = self._out[sent:]
        except NOT_NOW:
            return
        except OSError as error:
            raise Closed(f"connection-{type(error).__name__}"[:40]) from None

    def receive(self) -> None:
        """Read and act on every whole reply that has come, also where the end came with it. Raises Closed."""
        ended = ""
        while True:
            try:
                got = self.sock.recv(READ_BYTES)
            except NOT_NOW:
                break
            except OSError as error:
                ended = f"connection-{type(error).__name__}"[:40]
                break
            if not got:
                ended = "connection-closed"
                break
            self._in += got
            if len(got) < READ_BYTES and not hasattr(self.sock, "pending"):
                break
        self.heard_at = time.monotonic()
        self._act()
        if ended:
            raise Closed(ended)

    def _act(self) -> None:
        lines = self._in.split(b"\r\n")
        self._in = lines.pop()
        if len(self._in) > MOST_BYTES:
            raise Closed("reply-too-long")
        expected = self._expected
        for line in lines:
            if line[3:4] == b"-":
                continue  # more of the same reply follows
            if expected and line[:3] == AS_HOPED.get(expected[0]):
                kind = expected.popleft()
                if kind is CONTENT:
                    message, self._under_way = self._under_way, None
                    self._done(message, SENT)
                elif kind is DATA:
                    self._on_go_ahead()
                continue
            code = int(line[:3]) if line[:3].isdigit() else 0
            if not 200 <= code < 600:
                raise Closed("not-smtp")
            if code == 421 or not self._expected:
                raise Closed(f"smtp-{code}")
            self._on(self._expected.popleft(), code, line[4:])
        if self._steps:
            self._write()

    def _on(self, kind: str, code: int, text: bytes) -> None:
        """A reply that was not hoped for."""
        if kind == CONTENT:
            message, self._under_way = self._under_way, None
            self._done(message, _outcome(code, text))
        elif kind == MAIL:
            raise Closed(f"sender-{code}", for_all=True)
        elif kind == RCPT and code != 251:
            self._refused = _outcome(code, text)
            if not self._pipelining:  # nothing else of this envelope has been said
                self._steps.clear()
                self._end_envelope(unclean=True)
        elif kind == DATA:
            self._refused = self._refused or _outcome(code, text)
            self._end_envelope(unclean=True)

    def _on_go_ahead(self) -> None:
        """The relay waits for content."""
        if self._refused is not None:  # it would take a message for nobody: give it none
            self._out += b".\r\n"
            self._expected.append(DOT)
            self._end_envelope(unclean=False)
            return
        self._under_way, self._ahead = self._ahead, None
        if self._under_way is not None:
            self._out += self._under_way.wire
            self._expected.append(CONTENT)

    def _end_envelope(self, *, unclean: bool) -> None:
        message, self._ahead, self._unclean = self._ahead, None, unclean
        self._done(message, self._refused or Outcome(Fate.DEFERRED, "smtp-000", is_reply=False))

    def _done(self, message: Message | None, outcome: Outcome) -> None:
        if message is not None:
            self.answered += 1
            self._answer(message, outcome)

    def is_late(self, now: float) -> bool:
        """Whether the relay owes a reply for longer than SMTP_TIMEOUT_SECONDS."""
        return bool(self._expected) and now - self.heard_at > settings.SMTP_TIMEOUT_SECONDS


def _outcome(code: int, text: bytes) -> Outcome:
    reason = f"smtp-{code}"
    if 500 <= code < 600:
        return Outcome(Fate.BOUNCED, reason, is_address_dead=text.startswith(DEAD_MAILBOX_REPLIES))
    return Outcome(Fate.DEFERRED, reason)
