"""`make bench`: every bench, on PostgreSQL (DATABASE_URL, the system's server, or a wheel's); one JSON object per line."""

from __future__ import annotations

import os
import subprocess
import sys

from tests import on_postgresql

BENCHES = ["benchmarks.dispatching"]


def main() -> int:
    url = os.environ.get("DATABASE_URL", "")
    if url:
        return _run_all(url)
    with on_postgresql.server() as started:
        return _run_all(started)


def _run_all(url: str) -> int:
    named = {name.rpartition(".")[2]: name for name in BENCHES}
    unknown = set(sys.argv[1:]) - set(named)
    if unknown:
        sys.stderr.write(f"There is no bench {', '.join(sorted(unknown))}; there are: {', '.join(named)}.\n")
        return 2
    wanted = [name for short, name in named.items() if not sys.argv[1:] or short in sys.argv[1:]]
    environment = {**os.environ, "DATABASE_URL": url}
    codes = [subprocess.run([sys.executable, "-m", name], env=environment).returncode for name in wanted]
    return int(any(codes))  # one that was killed answers with a number below nothing


if __name__ == "__main__":
    sys.exit(main())
