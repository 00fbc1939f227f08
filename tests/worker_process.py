"""How a real worker, and the clock beside it, are started: the same for tests, benches and drills."""

from __future__ import annotations

import sys
import time
from pathlib import Path


def worker_command(*, queues: str = "prompt,bulk", threads: int = 1) -> list[str]:
    name = f"w{time.time_ns()}@test"
    command = [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "-Q", queues, "-P", "threads"]
    command += ["-c", str(threads), "--without-gossip", "--without-mingle", "--without-heartbeat"]
    return [*command, "-l", "warning", "-n", name]


def beat_command(folder: Path) -> list[str]:
    """A clock of its own: -B does not exist under a thread pool."""
    schedule = str(folder / f"beat-{time.time_ns()}")
    command = [sys.executable, "-m", "celery", "-A", "config.clock", "beat", "--pidfile=", "-l", "warning"]
    return [*command, "--schedule", schedule]
