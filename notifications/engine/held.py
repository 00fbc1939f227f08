"""What a worker holds of a leased chunk: rows still to be taken, and answers not yet written."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from notifications.channels.contract import Message
from notifications.engine.lease import Lease
from notifications.engine.reading import Row, nothing
from notifications.engine.settling import Mark


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

    def is_stale(self) -> bool:
        """Who may be written to was asked too long ago, by a slow relay or a limit: it is given back, and asked again."""
        return time.monotonic() - self.read_at > (self.paced_seconds if self.is_paced else self.read_seconds)


def how_pressing(held: Held) -> tuple[int, int]:
    """The least is the most pressing."""
    return held.lease.chunk.kind_rank, held.lease.chunk.severity_rank
