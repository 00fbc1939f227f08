"""Celery: two queues, prompt and bulk. Tasks are doorbells; the rows in the database are the work."""

from __future__ import annotations

import gc
import os
from typing import Any

from celery import Celery, signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("hamseda")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    task_default_queue="prompt",
    task_serializer="json",
    accept_content=["json"],
    task_ignore_result=True,
    task_acks_late=True,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    worker_send_task_events=False,
    broker_connection_retry_on_startup=True,
    broker_transport_options={
        # A killed worker's task comes back after this; the sweep is sooner, so it only bounds the worst case.
        "visibility_timeout": 900,
        "unacked_restore_throttle": 1,
    },
    task_time_limit=600,
)
app.autodiscover_tasks()


@signals.beat_init.connect
def _ring_nothing(sender: Any, **kwargs: object) -> None:
    """A clock without a timetable would run, and silence would never be kept. The right one, in this package, hears it too."""
    if sender.app is app:
        raise SystemExit("This application has no timetable. Start the clock with: celery -A config.clock beat")


@signals.worker_init.connect
@signals.worker_process_init.connect
def _collect_seldom(**kwargs: object) -> None:
    """What a worker has loaded stays, and what it makes by the thousand goes by itself: looking for cycles among all of it after
    every 700 objects takes a twelfth of the time in which mail is sent."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
