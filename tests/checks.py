"""`make check`: everything that can be judged without running the product. Prints each check and what it found."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

from config.environment import BASE_DIR

TRIAL = {"HAMSEDA_TRIAL": "1", "SECRET_KEY": secrets.token_urlsafe(50)}
PRODUCTION = {
    "SECRET_KEY": secrets.token_urlsafe(50),
    "FIELD_KEYS": secrets.token_urlsafe(50),
    "SITE_URL": "https://check.example",
    "ALLOWED_HOSTS": "check.example",
    "MAIL_FROM": "Check <check@check.example>",
    "OPERATOR_NAME": "Check",
    "OPERATOR_ADDRESS": "Check",
    "DATABASE_URL": "postgres://check@127.0.0.1/check",
}


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


CHECKS = [
    ("style", python("-m", "ruff", "check", "."), TRIAL),
    ("format", python("-m", "ruff", "format", "--check", "."), TRIAL),
    ("import law", ["lint-imports", "--no-cache"], TRIAL),
    ("types", python("-m", "mypy"), TRIAL),
    ("settings", python("manage.py", "check"), TRIAL),
    ("migrations", python("manage.py", "makemigrations", "--check", "--dry-run"), TRIAL),
    ("catalogues", python("manage.py", "catalogues", "--check"), TRIAL),
    ("openapi", python("-m", "tests.openapi"), TRIAL),
    ("deployment", python("manage.py", "check", "--deploy", "--fail-level", "WARNING"), PRODUCTION),
]


def main() -> int:
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
        for name, command, environment in CHECKS:
            surroundings = {**os.environ, **environment, "VAR_DIR": folder, "PATH": path}
            done = subprocess.run(command, cwd=BASE_DIR, env=surroundings, capture_output=True, text=True)
            print(f"{'ok     ' if done.returncode == 0 else 'FAILED '} {name}", flush=True)
            if done.returncode:
                failed.append(name)
                print((done.stdout + done.stderr).strip())
    if failed:
        print(f"{len(failed)} of {len(CHECKS)} checks failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
