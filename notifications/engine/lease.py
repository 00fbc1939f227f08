"""Lease: a chunk that one worker holds for a bounded time."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from django.conf import settings

from notifications.models import Chunk


@dataclass(eq=False)
class Lease:
    """A held chunk. `token` fences: a later lease has a higher one, and what an earlier one says no longer counts."""

    chunk: Chunk
    token: int
    extended_at: float  # time.monotonic() before the statement that granted it, so never later than the grant
    epoch: int | None = None  # of the case, when the chunk's alert was compiled
    chunk_id: int = field(init=False)  # asked for with every answer
    usable_seconds: float = field(default_factory=lambda: settings.LEASE_SECONDS - settings.LEASE_MARGIN_SECONDS)

    def __post_init__(self) -> None:
        self.chunk_id = self.chunk.pk

    def is_running_out(self) -> bool:
        """Whether so little is left that a worker must stop, whatever it was doing."""
        return time.monotonic() - self.extended_at > self.usable_seconds
