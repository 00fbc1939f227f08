"""The trial's processes: how each is started, told to end, and made sure to have ended."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

LOOPBACK = "127.0.0.1"
PR_SET_PDEATHSIG = 1


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def web(port: int) -> list[str]:
    return python(
        "-m", "granian", "--interface", "wsgi", "--host", LOOPBACK, "--port", str(port),
        "--workers", "1", "--workers-kill-timeout", "5",
        "--blocking-threads", "4", "--no-ws", "--log-level", "warning", "config.wsgi:application",
    )  # fmt: skip


def worker(queue: str, *, threads: int) -> list[str]:
    return python(
        "-m", "celery", "-A", "config.celery", "worker", "-Q", queue, "-n", f"{queue}@trial", "-P", "threads",
        "-c", str(threads), "--without-gossip", "--without-mingle", "--without-heartbeat", "-l", "warning",
    )  # fmt: skip


def clock(state: Path) -> list[str]:
    return python("-m", "celery", "-A", "config.clock", "beat", "--schedule", str(state), "--pidfile=", "-l", "warning")


def die_with_parent(death: int) -> Callable[[], None] | None:
    """On Linux: the kernel sends `death` to the child when this process ends, however it ends."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    parent = os.getpid()

    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, death)
        if os.getppid() != parent:  # it ended between fork and here
            os._exit(1)

    return ask


def send(process: subprocess.Popen, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def wait(process: subprocess.Popen, seconds: float) -> None:
    try:
        process.wait(timeout=max(0.1, seconds))
    except subprocess.TimeoutExpired:
        send(process, signal.SIGKILL)
        process.wait()


def keep_pids(var: Path, pids: list[int]) -> None:
    (var / "trial.pids").write_text("\n".join(map(str, pids)))


def end_leftovers(var: Path) -> None:
    """Where no kernel ends orphans: end what an earlier trial of this folder left, if it still is what it was."""
    path = var / "trial.pids"
    if sys.platform.startswith("linux") or not path.exists():
        return
    for pid in path.read_text().split():
        shown = subprocess.run(["ps", "-o", "command=", "-p", pid], capture_output=True, text=True).stdout
        if any(word in shown for word in ("config.celery", "config.trial", "config.wsgi", "valkey")):
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)
