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
from tests.worker_process import worker_command

TICK = os.sysconf("SC_CLK_TCK")
ABSENT = "smtp-sink and smtp-source are not here (apt-get install postfix); what they measure is left out."


def have_postfix() -> bool:
    return all(shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin") for name in ("smtp-sink", "smtp-source"))


@contextmanager
def sink(*options: str) -> Iterator[tuple[int, subprocess.Popen]]:
    """Postfix's smtp-sink on loopback: takes everything and keeps nothing. Yields its port and process."""
    port = free_port()
    as_somebody = ["-u", "nobody"] if os.geteuid() == 0 else []
    process = subprocess.Popen(
        ["/usr/sbin/smtp-sink", *as_somebody, *options, f"127.0.0.1:{port}", "200"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
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
def worker(log: Path, **environment: str) -> Iterator[subprocess.Popen]:
    """A real worker process on the bulk queue."""
    command = worker_command(queues="bulk")
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
