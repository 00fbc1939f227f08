"""`make run`'s supervisor, for real: starts, refuses politely, stops everything, leaves no orphans and loses nothing."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from config.environment import BASE_DIR
from tests.trial_run import Run, free_port, processes_of, wait_for

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="a trial has its own SQLite: run once, by make test"
)

if not sys.platform.startswith("linux"):
    pytest.skip("process trees are read from /proc", allow_module_level=True)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    var = tmp_path / "a path with spaces" / "var"
    yield var
    for path in Path("/proc").glob("[0-9]*"):  # whatever a failing test left behind
        try:
            if f"VAR_DIR={var}\0".encode() in (path / "environ").read_bytes() + b"\0":
                os.kill(int(path.name), signal.SIGKILL)
        except OSError:
            continue


def test_it_starts_refuses_a_second_stops_and_keeps_what_it_had(folder):
    port = free_port()
    run = Run(folder, port)
    said = run.wait_until_up()
    assert f"http://127.0.0.1:{port}/" in said
    assert run.get("/readyz")[0] == 200
    assert "Laleh Sepidkuh" in run.get("/campaigns/light-the-stoves/")[1]
    link = re.search(r"(/trial/sign-in/\S+)", said).group(1)
    assert 'type="submit"' in run.get(link)[1]

    second = subprocess.run(
        [sys.executable, "-m", "config.trial.supervisor"],
        cwd=BASE_DIR,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(folder), "PORT": str(free_port())},
        capture_output=True,
        text=True,
    )
    assert second.returncode == 1
    assert "already running" in second.stderr
    assert run.get("/readyz")[0] == 200

    answer = run.get("/campaigns/light-the-stoves/", {"name": "Kept", "email": "kept@people.example"})
    assert answer[0] == 200
    assert wait_for(lambda: "kept@people.example" in run.get("/mailbox/")[1])
    assert run.end() == 0
    assert processes_of(folder) == []

    again = Run(folder, port)
    again.wait_until_up()
    assert "kept@people.example" in again.get("/mailbox/")[1]
    assert again.end(signal.SIGTERM) == 0
    assert processes_of(folder) == []


def test_kill_9_of_the_supervisor_leaves_no_orphans_and_loses_nothing(folder):
    port = free_port()
    run = Run(folder, port)
    run.wait_until_up()
    run.get("/campaigns/light-the-stoves/", {"name": "Kept", "email": "kept@people.example"})
    run.end(signal.SIGKILL)
    assert wait_for(lambda: processes_of(folder) == [], seconds=40), processes_of(folder)
    again = Run(folder, port)
    again.wait_until_up()
    # A worker killed while it held the mail's chunk keeps it until the lease of LEASE_SECONDS ends.
    assert wait_for(lambda: "kept@people.example" in again.get("/mailbox/")[1], seconds=60)
    # Killed between the relay's yes and the journal's line, it may repeat what was under way: one message.
    assert again.get("/mailbox/")[1].count('<bdi dir="ltr">kept@people.example') in {1, 2}
    again.end()


def test_a_busy_port_is_said_before_anything_starts(folder):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        run = Run(folder, busy.getsockname()[1])
        said = run.process.communicate(timeout=30)[0]
    assert run.process.returncode == 1
    assert "in use" in said and "Nothing was started" in said
    assert not (folder / "hamseda.sqlite3").exists()
    assert processes_of(folder) == []


@pytest.mark.parametrize(
    ("environment", "said"), [({"HOST": "0.0.0.0"}, "this machine only"), ({"PORT": "many"}, "PORT must be")]
)
def test_what_a_trial_must_not_do_is_refused(folder, environment, said):
    run = Run(folder, free_port(), **environment)
    assert said in run.process.communicate(timeout=30)[0]
    assert run.process.returncode == 1
