"""A real trial in a folder of its own, for tests and pictures: start it, ask it, end it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path

from config.environment import BASE_DIR


class Run:
    """One supervisor in a folder of its own."""

    def __init__(self, var: Path, port: int, **environment: str) -> None:
        clean = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        self.port = port
        self.var = var
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.trial.supervisor"],
            cwd=BASE_DIR,
            env={
                **clean,
                "VAR_DIR": str(var),
                "PORT": str(port),
                "DEMO_PEOPLE": "5",
                "HOME": "/nonexistent",
                **environment,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def wait_until_up(self) -> str:
        said = ""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            said += line
            if "Ctrl-C stops everything" in line:
                return said
        raise RuntimeError(f"it never started: {said}")

    def get(self, path: str, data: dict[str, str] | None = None) -> tuple[int, str]:
        body = urllib.parse.urlencode(data).encode() if data is not None else None
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", data=body, headers={"Sec-Fetch-Site": "same-origin"}
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def end(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=60)


def processes_of(var: Path) -> list[str]:
    """Command lines of processes whose environment names this folder."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"VAR_DIR={var}\0".encode() in (folder / "environ").read_bytes() + b"\0":
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                if command:
                    found.append(command)
        except OSError:
            continue
    return found


def wait_for(condition: Callable[[], bool], *, seconds: float = 60) -> bool:
    ends_at = time.monotonic() + seconds
    while time.monotonic() < ends_at:
        if condition():
            return True
        time.sleep(0.1)
    return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
