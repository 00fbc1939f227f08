"""What a channel is: a session that takes messages one by one and says what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Fate(StrEnum):
    SENT = "sent"  # accepted: the other side is responsible now
    DEFERRED = "deferred"  # refused for now
    BOUNCED = "bounced"  # refused for good


@dataclass(frozen=True)
class Outcome:
    """What became of one message. `reason` is a code fit for counting, such as smtp-451; never the server's words,
    which may hold an address."""

    fate: Fate
    reason: str = ""
    is_address_dead: bool = False  # the mailbox does not exist: suppress it


@dataclass(frozen=True)
class Message:
    """One message, ready for the wire: envelope recipient and RFC 5322 bytes with CRLF."""

    recipient: str
    content: bytes


class ChannelAway(Exception):
    """Nothing can be sent at present; whatever was not answered is still queued. `reason` is a code.

    tried: the conversation ended over a message, which then counts as one attempt; otherwise it never began.
    """

    def __init__(self, reason: str, *, tried: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.tried = tried


class Session(Protocol):
    """An open conversation. `send` raises ChannelAway when the conversation is over before an answer."""

    def send(self, message: Message) -> Outcome: ...

    def close(self) -> None: ...
