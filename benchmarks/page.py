"""docs/performance.md, written by `make performance` from what the benches printed in the same run."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from config.environment import BASE_DIR

PAGE = BASE_DIR / "docs" / "performance.md"
# DESIGN's goals, by bench: the ratio to reach, and whether it is the least (a rate) or the most (a cost).
GOALS = {
    "end to end": (1.0, "at least"),
    "end to end, processor": (1.0, "at most"),
    "end to end, without PIPELINING": (0.6, "at least"),
    "end to end, 20 ms away": (1.0, "at least"),
    "against smtplib, bytes ready": (2.0, "at least"),
    "against Django send_messages": (9.0, "at least"),
    "against a Celery task per recipient": (50.0, "at least"),
    "against nodemailer, pooled": (8.0, "at least"),
    "against django-post_office": (14.0, "at least"),
    "campaign page, against hello": (0.4, "at least"),
    "campaign page, against one that is not kept": (8.0, "at least"),
    "signature, against hello": (0.12, "at least"),
    "signature, against a plain view": (1.3, "at least"),
}
# Where the figure itself is the goal and not its ratio.
LIMITS = {
    "first letters marked as sent": 5.0,
    "growth of a worker's peak memory": 10.0,
    "memory of a worker": 110.0,
    "memory of two workers, clock and broker": 350.0,
}
HEAD = """# How fast

Written by `make performance`; do not edit. Each line is the median of its rounds, ours and the baseline's in turn, in one run
on one machine. Ratios are what to compare: the figures themselves are this machine's.

- Machine: {machine}; {cores} cores; Linux {kernel}.
- Python {python}; {database}.
- Ours: an alert of two languages from "open" to its last row settled, through two worker processes, with rendering, one row per
  recipient, a journal and marks. `smtp-source` renders nothing and keeps no rows; both send to postfix's `smtp-sink` on loopback,
  which runs on the same cores.
- Measured on {day}.

| what | recipients | rounds | ours | baseline | ratio | goal | |
|---|---|---|---|---|---|---|---|
"""


TAIL = """
## What is not met, and why

- Against `smtp-source`: it gives the same ready bytes to every connection, in C, and keeps nothing; the sink and we share two
  cores, and both are busy nearly all the time, so what counts is what a message costs. A profile by samples, of about 95 µs: 27
  go into sending to sockets, reading from them and waiting for them, 13 into making the message, 8 into reading its row, 4 into
  the journal and the marks, 10 into the loop between; 13 of PostgreSQL's 33 into opening, 8 into the marks, 5 into reading, the
  rest into planning small queries. Tried and kept: queries compiled once, one bytes-format a message, rows without an object
  each, the reply that nearly always comes looked up and not parsed, marks and journal in bulk, one selector loop, a collector
  that seldom runs, a planner that knows its tables are in memory. Tried and left, because nothing came of it: another congestion
  control, giving the processor away before each wait. Without PIPELINING each step waits for a reply, and Python is woken for
  each.
- Against the server's bare hello: that is a function which returns five bytes. A page that is kept still asks the database
  at each request whether anything published has changed, so that silence is there with the next request; a signature is two
  rows in one durable transaction.
- A worker's memory: about 113 MB are Django, allauth, Celery and what they need, as they are loaded; it grows by no more than
  what a chunk needs.
"""


def missing(lines: Iterable[dict[str, Any]]) -> list[str]:
    """Benches with a goal that were not run: their tool is not on this machine, and a page without them would say less."""
    lines = list(lines)
    compared, run = {line["bench"] for line in lines if "ratio" in line}, {line["bench"] for line in lines}
    return [name for name in GOALS if name not in compared] + [name for name in LIMITS if name not in run]


def write(lines: Iterable[dict[str, Any]], *, database: str) -> Path:
    """lines: as benchmarks.reporting prints them. Returns where the page lies."""
    text = HEAD.format(
        machine=_processor(),
        cores=os.cpu_count(),
        kernel=platform.release().split("-")[0],
        python=platform.python_version(),
        database=database,
        day=datetime.now(UTC).date().isoformat(),
    )
    text += "".join(_row(line) for line in lines) + TAIL
    PAGE.write_text(text, encoding="utf-8")
    return PAGE


def _row(line: dict[str, Any]) -> str:
    goal, sense = GOALS.get(line["bench"], (None, ""))
    ratio, unit = line.get("ratio"), line["unit"]
    verdict, wanted = "", f"{sense} {goal}" if goal else ""
    if goal is not None and ratio is not None:
        is_met = ratio >= goal if sense == "at least" else ratio <= goal
        verdict = "met" if is_met else "**not met**"
    elif line["bench"] in LIMITS:
        most = LIMITS[line["bench"]]
        verdict, wanted = "met" if line["value"] <= most else "**not met**", f"at most {most} {unit}"
    baseline = f"{line['baseline']}: {_figure(line['baseline_value'])} {unit}" if "baseline" in line else ""
    return (
        f"| {line['bench']} | {line['n']:,} | {line['rounds']} | {_figure(line['value'])} {unit} | {baseline} |"
        f" {'' if ratio is None else ratio} | {wanted} | {verdict} |\n"
    )


def _figure(value: float) -> str:
    """No more digits than a measurement has."""
    return f"{value:,.0f}" if value >= 100 else f"{value:,.3g}"


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or "unknown"
