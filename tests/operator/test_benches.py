"""The benches in short: they run through, and print what `make bench` promises. How fast anything is, is no test."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from benchmarks import page, processes
from config.environment import BASE_DIR
from notifications.channels.contract import Fate
from notifications.channels.smtp import SmtpSession
from tests.notifications.test_conversing import Mails

pytestmark = pytest.mark.once

SHORT = {"BENCH_PEOPLE": "60", "BENCH_ROUNDS": "1", "BENCH_SMALL": "40", "BENCH_LARGE": "80"}


def lines_of(bench: str) -> dict[str, dict]:
    """What a bench printed, by name, run in surroundings of its own."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{bench}"],
        cwd=BASE_DIR,
        env={**kept, **SHORT},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return {line["bench"]: line for line in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize(
    ("bench", "names"),
    [
        (
            "dispatching",
            [
                f"end to end{how}{what}"
                for how in ("", ", without PIPELINING", ", 20 ms away")
                for what in ("", ", processor")
            ],
        ),
        (
            "growing",
            [
                "first letters marked as sent",
                "memory of a worker",
                "growth of a worker's peak memory",
                "memory of two workers, clock and broker",
            ],
        ),
    ],
)
def test_a_bench_prints_a_line_for_each_thing_it_measures(bench, names):
    lines = lines_of(bench)
    assert list(lines) == names
    for line in lines.values():
        assert {"bench", "n", "value", "unit", "rounds"} <= set(line) and line["value"] > 0
    if bench == "growing" or processes.postfix("smtp-source"):
        compared = set(names) & {*page.GOALS, "growth of a worker's peak memory"}
        assert all(lines[name]["ratio"] is not None and lines[name]["baseline"] for name in compared)


@pytest.mark.parametrize("options", [(), ("-p",)])
def test_where_postfix_is_not_a_sink_of_our_own_takes_every_message(settings, monkeypatch, options):
    monkeypatch.setattr(processes, "postfix", lambda _name: None)
    with processes.sink(*options) as (port, _process):
        settings.SMTP_PORT, settings.SMTP_CONNECTIONS = port, 3
        mails, session = Mails(300), SmtpSession()
        session.run(mails)
        assert [one._pipelining for one in session._open] == [not options] * 3
        session.close()
    assert len(mails.told) == 300 and {outcome.fate for outcome in mails.told.values()} == {Fate.SENT}


def test_the_page_is_not_written_where_something_with_a_goal_was_not_measured():
    everything = [*page.GOALS, *page.LIMITS]
    lines = [{"bench": name, "ratio": 1.0} for name in everything]
    assert page.missing(lines) == []
    assert page.missing([{"bench": name} for name in everything]) == list(page.GOALS)
    assert page.missing(lines[1:]) == [everything[0]]
