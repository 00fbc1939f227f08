"""Beating: while a worker sends, a thread beside it keeps the lease and watches for reasons to stop.

A relay that takes a minute to answer must not cost the lease, and a pause, a cancellation or a withdrawn consent must
be seen within HEARTBEAT_SECONDS, whatever the worker is waiting for.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from campaigns.publishing import permitting
from notifications.engine import leasing
from notifications.engine.lease import Lease
from notifications.refusals import LeaseLost

logger = logging.getLogger(__name__)
Permits = Callable[[int, int | None], bool]  # (campaign, epoch of its case)
DATABASE_AWAY = (DatabaseError, InterfaceError)  # psycopg says the latter of a connection that has been closed


class Heart:
    """Beats from entering to leaving the `with`, for every lease it was given. `says_stop` is free to ask before every
    message."""

    def __init__(self) -> None:
        self._held: dict[Lease, bool] = {}  # and whether it must stop
        self._changing = threading.Lock()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heart", daemon=True)

    def __enter__(self) -> Heart:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def watch(self, held: Lease) -> None:
        with self._changing:
            self._held[held] = False

    def leave(self, held: Lease) -> None:
        with self._changing:
            self._held.pop(held, None)

    def says_stop(self, held: Lease) -> bool:
        return self._held.get(held, True)

    def _beat(self) -> None:
        try:
            while not self._over.wait(settings.HEARTBEAT_SECONDS):
                with self._changing:
                    watched = [held for held, stopped in self._held.items() if not stopped]
                permits = cache(_permits)  # of one beat: many chunks are of one campaign
                for held in watched:
                    if not self._may_go_on(held, permits):
                        with self._changing:
                            if held in self._held:
                                self._held[held] = True
        finally:
            connection.close()  # this thread's own

    @staticmethod
    def _may_go_on(held: Lease, permits: Permits) -> bool:
        """Extend the lease; a database that does not answer is no reason to stop, the lease's own end is."""
        try:
            return leasing.extend(held) and may_go_on(held, permits)
        except LeaseLost:
            return False
        except DATABASE_AWAY as error:
            drop_connection()
            logger.warning("a heartbeat was missed: %s", type(error).__name__)
            return True


def _permits(campaign_id: int, epoch: int | None) -> bool:
    return permitting.permits(campaign_id, at=timezone.now(), epoch=epoch)


def may_go_on(held: Lease, permits: Permits = _permits) -> bool:
    """Whether the chunk's alert may still leave: not expired, its case still public and as it was when compiled."""
    alert, now = held.chunk.alert, timezone.now()
    if alert is None:
        return True
    if alert.expires_at is not None and alert.expires_at <= now:
        return False
    return permits(alert.campaign_id, held.epoch)


def drop_connection() -> None:
    """After an error the connection may be dead, and Django would go on asking it: the next question opens a new one."""
    if not connection.in_atomic_block:
        connection.close()
