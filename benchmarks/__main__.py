"""`make bench`: every bench, on PostgreSQL (DATABASE_URL, the system's server, or a wheel's); one JSON object per line."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import psycopg

from benchmarks import page
from tests import on_postgresql

WRITE = "--write"  # docs/performance.md too
BENCHES = ["benchmarks.dispatching", "benchmarks.senders"]


def main() -> int:
    url = os.environ.get("DATABASE_URL", "")
    if url:
        return _run_all(url)
    with on_postgresql.server() as started:
        return _run_all(started)


def _run_all(url: str) -> int:
    asked = [name for name in sys.argv[1:] if name != WRITE]
    named = {name.rpartition(".")[2]: name for name in BENCHES}
    unknown = set(asked) - set(named)
    if unknown:
        sys.stderr.write(f"There is no bench {', '.join(sorted(unknown))}; there are: {', '.join(named)}.\n")
        return 2
    environment = {**os.environ, "DATABASE_URL": url}
    printed: list[str] = []
    codes = [_run(name, environment, printed) for short, name in named.items() if not asked or short in asked]
    if WRITE in sys.argv and not any(codes):
        lines = [json.loads(line) for line in printed if line.startswith("{")]
        sys.stdout.write(f"{page.write(lines, database=_version(url))}\n")
    return int(any(codes))  # one that was killed answers with a number below nothing


def _run(name: str, environment: dict[str, str], printed: list[str]) -> int:
    """Run one bench, and pass on what it prints as it comes."""
    with subprocess.Popen([sys.executable, "-m", name], env=environment, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            sys.stdout.write(line)
            sys.stdout.flush()
            printed.append(line)
    return process.returncode


def _version(url: str) -> str:
    with psycopg.connect(url) as connection:
        return f"PostgreSQL {connection.info.server_version // 10000}"


if __name__ == "__main__":
    sys.exit(main())
