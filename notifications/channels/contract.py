"""What a channel is: a session that takes messages from a source, and says what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple, Protocol


class Fate(StrEnum):
    SENT = "sent"  # accepted: the other side is responsible now
    DEFERRED = "deferred"  # refused for now
    BOUNCED = "bounced"  # refused for good
    UNCERTAIN = "uncertain"  # given to the other side, which did not answer and cannot be asked


@dataclass(frozen=True)
class Outcome:
    """What became of one message. `reason` is a code fit for counting, such as smtp-451; never the server's words,
    which may hold an address."""

    fate: Fate
    reason: str = ""
    is_address_dead: bool = False  # the mailbox does not exist: suppress it
    is_reply: bool = (
        True  # the other side said so; else it is the session's own verdict, such as a connection that broke
    )
    may_have_arrived: bool = False  # it was written whole, and only the answer is missing


SENT = Outcome(Fate.SENT)


class Message(NamedTuple):
    """One message, ready for the wire: envelope recipient, and RFC 5322 bytes with CRLF as SMTP's DATA takes them, that is
    with a second dot before every line that begins with one, and the lone dot that ends it.

    key: the source's own, to know by it what an answer is about; no channel looks inside.
    """

    recipient: str
    wire: bytes
    key: Any = None

    @property
    def content(self) -> bytes:
        """The bytes themselves, as whoever reads the mail has them."""
        return undotted(self.wire)


def dotted(content: bytes) -> bytes:
    """RFC 5321 4.5.2: a line that begins with a dot gets one more."""
    stuffed = content.replace(b"\r\n.", b"\r\n..")
    return b"." + stuffed if stuffed.startswith(b".") else stuffed


def ended(stuffed: bytes) -> bytes:
    return stuffed + (b".\r\n" if stuffed.endswith(b"\r\n") else b"\r\n.\r\n")


def undotted(wire: bytes) -> bytes:
    content = wire.removesuffix(b".\r\n").replace(b"\r\n..", b"\r\n.")
    return content[1:] if content.startswith(b".") else content


class ChannelAway(Exception):
    """Nothing can be sent at present; whatever was not answered is still queued. `reason` is a code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Source(Protocol):
    """Where a session's messages come from and its answers go. None of it may take long: connections wait meanwhile."""

    def take(self) -> Message | None:
        """The next message; None when there is none now. Every message taken is answered, or still queued when `run` ends."""

    def is_waiting(self) -> bool:
        """After take() gave None: whether there is more, which may not leave yet. Then it is asked again soon."""

    def hand_over(self, messages: list[Message]) -> list[Message]:
        """Called before messages are given to another side that cannot be asked afterwards whether it took them: should this
        process end before it tells, they are uncertain, and not sent again by themselves. Returns those that may be given."""

    def tell(self, message: Message, outcome: Outcome) -> None:
        """What became of a message."""

    def keep(self) -> None:
        """Called after answers came and before anything more is sent: what was told must now outlive this process."""


class Session(Protocol):
    """A conversation with whoever carries the messages."""

    def run(self, source: Source) -> None:
        """Send until the source has nothing more and everything taken is answered. Raises ChannelAway when nothing can be
        sent any more: what was taken and not told is still queued."""

    def close(self) -> None: ...
