"""The clock: beat, with no more of the program than its timetable and the broker at which it rings.

It loads no application and knows no secret, no database and no person: whoever breaks into it can ring, and nothing else.
"""

from __future__ import annotations

from celery import Celery

from config.environment import broker_url
from config.timetable import TIMETABLE

app = Celery("clock", broker=broker_url(), fixups=[])  # the usual fixup would load Django
app.conf.update(beat_schedule=TIMETABLE, broker_connection_retry_on_startup=True)
