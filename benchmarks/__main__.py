"""`make bench`: every bench, on PostgreSQL (DATABASE_URL, the system's server, or a wheel's); one JSON object per line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from benchmarks import page
from tests import on_postgresql

WRITE = "--write"  # docs/performance.md too
BENCHES = ["benchmarks.dispatching", "benchmarks.senders", "benchmarks.growing", "benchmarks.web"]


def main() -> int:
    asked = [name for name in sys.argv[1:] if name != WRITE]
    if WRITE in sys.argv:  # the page is of a million
        os.environ.setdefault("BENCH_LARGE", "1000000")
    named = {name.rpartition(".")[2]: name for name in BENCHES}
    unknown = set(asked) - set(named)
    if unknown:
        sys.stderr.write(f"There is no bench {', '.join(sorted(unknown))}; there are: {', '.join(named)}.\n")
        return 2
    printed: list[str] = []
    codes, version = [], ""
    for short, name in named.items():
        if asked and short not in asked:
            continue
        with _database() as url:  # each bench begins with an empty one
            codes.append(_run(name, {**os.environ, "DATABASE_URL": url}, printed))
            version = version or _version(url)
    if WRITE in sys.argv and not any(codes):
        lines = [json.loads(line) for line in printed if line.startswith("{")]
        if missing := page.missing(lines):
            sys.stderr.write(f"Not measured here: {', '.join(missing)}. {page.PAGE.name} stays as it is.\n")
            return 1
        sys.stdout.write(f"{page.write(lines, database=version)}\n")
    return int(any(codes))  # one that was killed answers with a number below nothing


@contextmanager
def _database() -> Iterator[str]:
    given = os.environ.get("DATABASE_URL", "")
    if given:
        yield given
        return
    with on_postgresql.server() as url:
        yield url


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
