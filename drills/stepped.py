"""A worker whose computer's clock is set, while it works, by so many hours: `python -m drills.stepped HOURS FILE celery …`, as
soon as FILE is there. What runs by itself, as monotonic clocks do, goes on."""

from __future__ import annotations

import runpy
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine

LOOK_SECONDS = 0.02


def main() -> None:
    hours, signal = float(sys.argv[1]), Path(sys.argv[2])

    def step() -> None:
        while not signal.exists():
            time.sleep(LOOK_SECONDS)
        time_machine.travel(datetime.now(UTC) + timedelta(hours=hours), tick=True).start()

    threading.Thread(target=step, daemon=True).start()
    sys.argv = sys.argv[3:]
    runpy.run_module("celery", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
