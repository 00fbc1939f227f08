"""Senders from elsewhere, each fetched into a folder of its own for the length of the bench, where it can be had.

nodemailer's pool, which renders nothing and keeps no rows; django-post_office, which keeps each mail as a row and sends the rows
with its own command.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from config.environment import BASE_DIR

NODEMAILER, POST_OFFICE = "nodemailer@7", "django-post_office==3.10.*"
FETCHING_SECONDS, SENDING_SECONDS = 180, 900
CONNECTIONS = 10  # as many as ours has


def fetched(folder: Path, port: int, letters: list[dict[str, str]]) -> dict[str, Callable[[], float]]:
    """{name: a function that sends the letters once and returns how many a second}. letters: address, subject, text, html."""
    (folder / "letters.json").write_text(json.dumps(letters), encoding="utf-8")
    found: dict[str, Callable[[], float]] = {}
    for name, fetch, command in (
        ("nodemailer, pooled", _fetch_nodemailer, ["node", str(BASE_DIR / "benchmarks" / "nodemailer_pool.js")]),
        ("django-post_office", _fetch_post_office, [sys.executable, "-m", "benchmarks.post_office"]),
    ):
        into = folder / name.partition(",")[0].replace("-", "_")
        into.mkdir()
        if fetch(into):
            found[name] = _sending(command, into, folder / "letters.json", port)
        else:
            sys.stderr.write(f"{name} cannot be had here; its row is left out.\n")
    return found


def _sending(command: list[str], into: Path, letters: Path, port: int) -> Callable[[], float]:
    def send() -> float:
        path = os.pathsep.join([str(into), str(BASE_DIR)])
        environment = {**os.environ, "NODE_PATH": str(into / "node_modules"), "PYTHONPATH": path}
        said = subprocess.run(
            [*command, str(letters), str(port), str(CONNECTIONS)],
            cwd=into,
            env=environment,
            capture_output=True,
            text=True,
            timeout=SENDING_SECONDS,
        )
        if said.returncode:
            raise RuntimeError(said.stderr[-2000:])
        return float(said.stdout.split()[-1])

    return send


def _fetch_nodemailer(into: Path) -> bool:
    if not (shutil.which("npm") and shutil.which("node")):
        return False
    return _ran(["npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", str(into), NODEMAILER])


def _fetch_post_office(into: Path) -> bool:
    return _ran([sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(into), POST_OFFICE])


def _ran(command: list[str]) -> bool:
    try:
        return not subprocess.run(command, capture_output=True, timeout=FETCHING_SECONDS, check=False).returncode
    except (OSError, subprocess.TimeoutExpired):
        return False
