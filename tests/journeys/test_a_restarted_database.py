"""A whole trial on a PostgreSQL of its own: the server is stopped and started in mid-dispatch, and nobody is lost.

Also the long run: 100,000 people, with the bulk worker's memory watched (make test-deep).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from config.environment import BASE_DIR
from config.limits import SMTP_CONNECTIONS
from tests import on_postgresql
from tests.trial_run import Run, free_port, wait_for

pytestmark = pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no server to restart")


WORKERS = 2


class Server:
    """A PostgreSQL of this test's own, so that stopping it harms no other."""

    def __init__(self, folder: Path) -> None:
        binaries = on_postgresql.system_binaries() or on_postgresql.wheel_binaries(folder)
        if binaries is None:
            pytest.skip(on_postgresql.MISSING)
        self.binaries = binaries
        self.data, self.sockets = on_postgresql.cluster(binaries, folder)
        self.url = f"postgres://hamseda@/postgres?host={self.sockets}"
        self.start()

    def start(self) -> None:
        self.process = on_postgresql.start(self.binaries, self.data, self.sockets)
        on_postgresql.wait_until_up(self.binaries, self.sockets)

    def stop(self) -> None:
        self.process.send_signal(2)  # SIGINT: fast shutdown, every connection is cut
        self.process.wait()


@pytest.fixture
def server() -> Iterator[Server]:
    with on_postgresql.folder() as folder:
        found = Server(folder)
        yield found
        found.stop()


def manage(var: Path, *arguments: str, **more: str) -> str:
    """manage.py as somebody beside the running trial would: it finds the trial's environment in its folder."""
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(var), **more}
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=BASE_DIR, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def recipients(var: Path) -> Counter:
    """Who got the alert, how often."""
    found: Counter = Counter()
    for path in (var / "mailbox").glob("*.eml"):
        head = path.read_bytes().split(b"\r\n\r\n", 1)[0]
        if b"List-Unsubscribe" in head:
            found[re.search(rb"^To: (\S+)", head, re.MULTILINE).group(1).decode()] += 1
    return found


def test_the_server_restarts_in_mid_dispatch_and_nobody_is_lost(server, tmp_path):
    people = 400
    run = Run(tmp_path / "var", free_port(), DEMO_PEOPLE=str(people), DATABASE_URL=server.url)
    try:
        run.wait_until_up()
        manage(run.var, "open_alert", "--no-wait", DATABASE_URL=server.url)
        assert wait_for(lambda: len(recipients(run.var)) >= 40, seconds=60)
        server.stop()
        assert run.get("/campaigns/light-the-stoves/")[0] == 503
        time.sleep(2)
        server.start()
        assert wait_for(lambda: run.get("/readyz")[0] == 200)
        assert wait_for(lambda: "(finished)" in manage(run.var, "alert_progress", DATABASE_URL=server.url), seconds=120)
        counts = recipients(run.var)
        assert len(counts) == people
        # What was accepted is in the journal; only what was under way on a connection that broke may be repeated.
        assert sum(counts.values()) - people <= WORKERS * SMTP_CONNECTIONS
    finally:
        run.end()


@pytest.mark.deep
def test_a_hundred_thousand_people_with_memory_flat(server, tmp_path):
    people = 100_000
    run = Run(tmp_path / "var", free_port(), DEMO_PEOPLE=str(people), DATABASE_URL=server.url)
    try:
        run.wait_until_up()
        began = time.monotonic()
        manage(run.var, "open_alert", "--no-wait", DATABASE_URL=server.url)
        assert wait_for(lambda: sent(run.var, server) >= people // 10, seconds=600)
        early = peak_kilobytes(run.var)
        assert wait_for(lambda: sent(run.var, server) >= people, seconds=1800)
        took, late = time.monotonic() - began, peak_kilobytes(run.var)
        print(
            f"{people:,} people in {took:.0f} s, {people / took:.0f} a second; bulk worker's peak {early} → {late} kB"
        )
        counts = recipients(run.var)
        assert len(counts) == people and set(counts.values()) == {1}
        assert late - early <= 10 * 1024
    finally:
        run.end()


def sent(var: Path, server: Server) -> int:
    time.sleep(2)
    return int(manage(var, "alert_progress", DATABASE_URL=server.url).split(" of ")[0].replace(",", ""))


def peak_kilobytes(var: Path) -> int:
    """The bulk worker's highest resident memory so far."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if (
                f"VAR_DIR={var}\0".encode() in (folder / "environ").read_bytes() + b"\0"
                and b"bulk@trial" in (folder / "cmdline").read_bytes()
            ):
                status = (folder / "status").read_text()
                return int(re.search(r"VmHWM:\s+(\d+)", status).group(1))
        except OSError:
            continue
    raise AssertionError("no bulk worker")
