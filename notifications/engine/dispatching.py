"""Dispatching: for a bounded time, lease chunks and send their rows, one after the other, over however many connections.

A crash at any line loses nothing: unmarked rows stay queued, and what was accepted is in the journal.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from notifications.channels.contract import ChannelAway, Session
from notifications.engine.beating import Heart
from notifications.engine.carrying import KEPT_HERE, Channel, session_for
from notifications.engine.supplying import Supply
from notifications.models import Chunk

logger = logging.getLogger(__name__)


def put_up() -> bool:
    """Letters that wait here for their readers: so little work that it goes before mail. Returns whether more may be waiting."""
    due = set(Chunk.objects.open().due().filter(channel__in=KEPT_HERE).values_list("channel", flat=True))
    more = [dispatch(channel=channel) for channel in sorted(due)]  # each has its turn, whatever the first says
    return any(more)


def dispatch(
    *, channel: str = Channel.EMAIL, only_notices: bool = False, open_session: Callable[[], Session] | None = None
) -> bool:
    """Send what is due by a channel for up to DISPATCH_SECONDS; returns whether more may be waiting."""
    session = (open_session or session_for(channel))()
    supply = None
    try:
        with Heart() as heart:
            supply = Supply(heart, channel=channel, only_notices=only_notices)
            try:
                session.run(supply)
            except ChannelAway as gone:
                supply.rest(gone)
            finally:
                supply.end()
    except ChannelAway as gone:  # no journal can be opened: then nothing is sent
        logger.error("nothing is sent: %s", gone.reason)
        return False
    finally:
        session.close()
    return supply.may_have_more
