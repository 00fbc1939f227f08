"""`make drill`: every drill on every database that is here; one JSON object per line. Ends non-zero when one fails."""

from __future__ import annotations

import os
import subprocess
import sys

from tests import on_postgresql

DRILLS = ["drills.restoring", "drills.crowding", "drills.dispatching", "drills.providing"]


def main() -> int:
    failed = 0
    for drill in DRILLS:
        failed += _run(drill, os.environ.get("DATABASE_URL", ""))
        if not os.environ.get("DATABASE_URL"):
            try:
                with on_postgresql.server() as url:
                    failed += _run(drill, url)
            except SystemExit as missing:
                print(missing, file=sys.stderr)
    return 1 if failed else 0


def _run(drill: str, database_url: str) -> bool:
    environment = {**os.environ, **({"DATABASE_URL": database_url} if database_url else {})}
    return subprocess.run([sys.executable, "-m", drill], env=environment).returncode != 0


if __name__ == "__main__":
    sys.exit(main())
