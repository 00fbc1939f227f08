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
    wanted = [name for name in BENCHES if not sys.argv[1:] or name.rpartition(".")[2] in sys.argv[1:]]
    environment = {**os.environ, "DATABASE_URL": url}
    return max([subprocess.run([sys.executable, "-m", name], env=environment).returncode for name in wanted], default=0)


if __name__ == "__main__":
    sys.exit(main())
