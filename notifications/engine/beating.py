"""Beating: while a worker sends, a thread beside it keeps the lease and watches for reasons to stop.

A relay that takes a minute to answer must not cost the lease, and a pause, a cancellation or a withdrawn consent must
be seen within HEARTBEAT_SECONDS, whatever the worker is waiting for.
"""

from __future__ import annotations

import logging
import threading

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from campaigns.publishing import campaign as published
from notifications.engine import leasing
from notifications.engine.leasing import Lease
from notifications.refusals import LeaseLost

logger = logging.getLogger(__name__)


class Heart:
    """Beats from entering to leaving the `with`. `says_stop` is free to ask before every message."""

    def __init__(self, held: Lease) -> None:
        self._held = held
        self._stop = threading.Event()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"heart-{held.chunk.pk}", daemon=True)

    def __enter__(self) -> Heart:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def says_stop(self) -> bool:
        return self._stop.is_set()

    def _beat(self) -> None:
        try:
            while not self._over.wait(settings.HEARTBEAT_SECONDS):
                if not self._may_go_on():
                    self._stop.set()
                    return
        finally:
            connection.close()  # this thread's own

    def _may_go_on(self) -> bool:
        """Extend the lease; a database that does not answer is no reason to stop, the lease's own end is."""
        try:
            return leasing.extend(self._held) and may_go_on(self._held)
        except LeaseLost:
            return False
        except DatabaseError as error:
            logger.warning("a heartbeat was missed: %s", type(error).__name__)
            return True


def may_go_on(held: Lease) -> bool:
    """Whether the chunk's alert may still leave: not expired, its case still public and as it was when compiled."""
    alert, now = held.chunk.alert, timezone.now()
    if alert is None:
        return True
    if alert.expires_at is not None and alert.expires_at <= now:
        return False
    return published.permits(alert.campaign_id, at=now, epoch=held.epoch)
