"""The clock: beat, with no more of the program than its timetable and the broker at which it rings.

It loads no application and knows no secret, no database and no person: whoever breaks into it can ring, and nothing else.
"""

from __future__ import annotations

from typing import Any

from celery import Celery
from celery.beat import PersistentScheduler

from config.environment import broker_url
from config.limits import MOST_WAITING
from config.timetable import TIMETABLE

app = Celery("clock", broker=broker_url(), fixups=[])  # the usual fixup would load Django
app.conf.update(beat_schedule=TIMETABLE, beat_scheduler="config.clock:Ticking", broker_connection_retry_on_startup=True)


class Ticking(PersistentScheduler):
    """Ticks, but not into a queue that nobody empties."""

    def apply_async(self, entry: Any, producer: Any = None, advance: bool = True, **kwargs: Any) -> Any:
        waiting = (producer or self.producer).channel.client.llen(entry.options["queue"])
        return None if waiting >= MOST_WAITING else super().apply_async(entry, producer, advance, **kwargs)
