"""Relaying: number what was committed and let every consumer read it, until nothing new is left."""

from __future__ import annotations

import logging

from network.flows import consuming, sequencing

logger = logging.getLogger(__name__)
ROUNDS = 20


def relay() -> int:
    """Sequence and consume; returns how many events were numbered.

    One consumer's failure stops neither the others nor the clock: its position stays, and the next tick tries again.
    Consumers may record events themselves, hence the rounds; the bound keeps one call short.
    """
    numbered = 0
    for _ in range(ROUNDS):
        fresh = sequencing.sequence()
        numbered += fresh
        moved = 0
        for name in consuming.registered():
            try:
                moved += consuming.catch_up(name)
            except Exception:
                logger.exception("consumer %s stopped; it will try again", name)
        if not fresh and not moved:
            break
    return numbered
