"""The clock rings at the broker: every name it rings is a task of ours, and it loads and knows nothing else of the program."""

from __future__ import annotations

import subprocess
import sys
import time

from django.conf import settings

from config.celery import app
from config.environment import BASE_DIR
from config.timetable import TIMETABLE
from network import tasks
from network.tasks import ring

LOADED = "import sys, config.clock; print(*sys.modules)"


def test_every_entry_of_the_timetable_is_a_task_with_a_queue_of_ours():
    app.loader.import_default_modules()
    assert {entry["task"] for entry in TIMETABLE.values()} <= set(app.tasks)
    assert {entry["options"]["queue"] for entry in TIMETABLE.values()} == {"prompt", "bulk"}


def test_it_loads_no_application_and_asks_for_no_secret():
    bare = {"PATH": "/usr/bin:/bin", "DJANGO_SETTINGS_MODULE": "config.settings"}  # also where somebody set it
    done = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=BASE_DIR, env=bare, capture_output=True, text=True, check=True
    )
    assert set(done.stdout.split()) & {"django.db", "config.settings", "network", "notifications", "psycopg"} == set()


def test_a_clock_without_a_timetable_does_not_start(tmp_path):
    command = [sys.executable, "-m", "celery", "-A", "config.celery", "beat", "--schedule", str(tmp_path / "beat")]
    done = subprocess.run([*command, "--pidfile="], cwd=BASE_DIR, capture_output=True, text=True, timeout=60)
    assert done.returncode != 0 and "config.clock" in done.stdout + done.stderr


def test_the_clock_itself_rings(workers, broker, until):
    """Beat as it is started everywhere, alone: within some ticks there is something in the queues."""
    workers.start_clock()
    until(lambda: broker.llen("prompt") > 0 and broker.llen("bulk") > 0)


def test_no_pile_grows_where_nobody_takes_what_it_rings(workers, broker, until):
    """A night without workers: nothing is added to what waits already, until the first that is taken makes room."""
    tasks._rung.clear()
    broker.flushall()
    try:
        for queue in ("prompt", "bulk"):
            broker.rpush(queue, *["{}"] * settings.MOST_WAITING)
        workers.start_clock()
        time.sleep(8)  # more than a tick of each
        assert [broker.llen(queue) for queue in ("prompt", "bulk")] == [settings.MOST_WAITING] * 2
        assert ring("network.relay", queue="prompt") is False
        tasks._rung.clear()
        broker.ltrim("prompt", 0, 9)
        until(lambda: broker.llen("prompt") > 10)
        assert ring("network.relay", queue="prompt") is True
    finally:
        broker.flushall()


def test_nothing_that_rings_grows_old():
    """Who has another hour on the clock would throw it away unread."""
    assert [name for name, entry in TIMETABLE.items() if "expires" in entry["options"]] == []
