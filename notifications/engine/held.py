"""What a worker holds of a leased chunk: rows still to be taken, and answers not yet written."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from notifications.channels.contract import Fate, Message, Outcome
from notifications.engine.beating import DATABASE_AWAY
from notifications.engine.encoding import CannotCarry
from notifications.engine.lease import Lease
from notifications.engine.reading import Row, nothing
from notifications.engine.settling import Mark
from notifications.flows import relaying
from notifications.refusals import NotNow

logger = logging.getLogger(__name__)
NOT_COMPOSABLE = "not-composable"


@dataclass(eq=False)
class Held:
    """A lease this worker works through: rows still to be taken, answers not yet written, answers still to come."""

    lease: Lease
    rows: list[Row] = field(default_factory=list)
    compose: Callable[[Row, Any], Message | None] = nothing
    accepted: list[int] = field(default_factory=list)  # rows the other side took, not yet written
    marks: list[Mark] = field(default_factory=list)  # what else became of rows, not yet written
    marked_at: float = field(default_factory=time.monotonic)
    outstanding: int = 0
    reached: int = 0  # rows with an answer of the other side
    handed_over: set[int] = field(default_factory=set)  # rows the other side has, or has not been told to forget
    is_lost: bool = False
    read_at: float = field(default_factory=time.monotonic)
    is_paced: bool = False  # something of it had to wait for its limit
    read_seconds: float = field(default_factory=lambda: settings.READ_SECONDS)  # asked for with every message
    paced_seconds: float = field(default_factory=lambda: settings.PACED_READ_SECONDS)

    @property
    def has_unwritten(self) -> bool:
        return bool(self.accepted or self.marks)

    def composed(self, row: Row) -> tuple[Message | None, Mark | None]:
        """A row's message, or else what becomes of the row. One that cannot be put into bytes must not hold up the other 999, and
        neither must a fault of ours: that row is tried again later, when it may be mended."""
        row_id, address = row[0], row[1]
        try:
            message = self.compose(row, (self, row_id))
        except NotNow:
            relaying.put_back(row_id)
            return None, None
        except (CannotCarry, UnicodeError):
            # Without details: they hold the address.
            logger.error("a message could not be composed; its row is dropped")
            return None, Mark(row_id, address, None, NOT_COMPOSABLE)
        except DATABASE_AWAY:
            raise
        except Exception as error:
            logger.error("a message could not be composed (%s); its row waits", type(error).__name__)
            return None, Mark(row_id, address, Outcome(Fate.DEFERRED, NOT_COMPOSABLE, is_reply=False))
        return message, None if message else Mark(row_id, address, None, "nothing-to-say")

    def is_stale(self) -> bool:
        """Who may be written to was asked too long ago, by a slow relay or a limit: it is given back, and asked again."""
        return time.monotonic() - self.read_at > (self.paced_seconds if self.is_paced else self.read_seconds)


def how_pressing(held: Held) -> tuple[int, int]:
    """The least is the most pressing."""
    return held.lease.chunk.kind_rank, held.lease.chunk.severity_rank
