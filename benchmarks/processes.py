"""Processes a bench starts and ends, and what they cost: seconds of processor time, bytes of memory."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.environment import BASE_DIR
from tests.trial_run import free_port
from tests.worker_process import beat_command, worker_command

TICK = os.sysconf("SC_CLK_TCK")
ABSENT = (
    "smtp-sink and smtp-source are not here (apt-get install postfix): a sink of our own takes the mail, and what they are the\
 measure of is left out."
)


def postfix(name: str) -> str | None:
    """Where one of postfix's test programs lies: smtp-sink, smtp-source."""
    return shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")


@contextmanager
def sink(*options: str) -> Iterator[tuple[int, subprocess.Popen]]:
    """Postfix's smtp-sink on loopback, or ours where it is not: takes everything and keeps nothing. Yields its port and
    process."""
    port, program = free_port(), postfix("smtp-sink")
    if program:
        as_somebody = ["-u", "nobody"] if os.geteuid() == 0 else []
        command = [program, *as_somebody, *options, f"127.0.0.1:{port}", "200"]
    else:
        command = [sys.executable, "-m", "benchmarks.sink", str(port), *options]
    process = subprocess.Popen(command, cwd=BASE_DIR, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield port, process
    finally:
        process.kill()
        process.wait()


def wait_for(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("the sink never listened")


@contextmanager
def worker(log: Path, *, queues: str = "bulk", **environment: str) -> Iterator[subprocess.Popen]:
    """A real worker process, of the bulk queue unless said otherwise."""
    with _started(worker_command(queues=queues), log, environment) as process:
        yield process


@contextmanager
def clock(log: Path) -> Iterator[subprocess.Popen]:
    """The timetable's process."""
    with _started(beat_command(log.parent), log, {}) as process:
        yield process


@contextmanager
def _started(command: list[str], log: Path, environment: dict[str, str]) -> Iterator[subprocess.Popen]:
    with log.open("ab") as file:
        process = subprocess.Popen(command, cwd=BASE_DIR, env={**os.environ, **environment}, stdout=file, stderr=file)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def farther(port: int) -> Iterator[int]:
    """The same port, 20 ms away."""
    here = free_port()
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.farther", str(here), str(port)], cwd=BASE_DIR)
    try:
        wait_for(here)
        yield here
    finally:
        process.kill()
        process.wait()


def megabytes(pids: list[int]) -> float:
    """What these have in use together, pages that several share counted once (PSS)."""
    total = 0
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def peak_megabytes(pids: list[int]) -> float:
    """The most memory any of these has had in use (VmHWM)."""
    peaks = []
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        except OSError:
            continue
        peaks += [int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")]
    return max(peaks)


def cpu_seconds(pids: list[int]) -> float:
    """User and system time of these processes so far; ended children of theirs included."""
    total = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(int(field) for field in fields[11:15])
    return total / TICK


def with_children(pid: int) -> list[int]:
    """A process and everything below it, as it is now."""
    below: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        below.setdefault(int(fields[1]), []).append(int(path.parent.name))
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += below.get(one, [])
    return found
