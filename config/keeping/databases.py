"""The database into one file, and one file into the database: done twice, behind two functions."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import connection

NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


class CannotKeep(Exception):
    """Why nothing was backed up or restored; fit to show an operator."""


def dump(folder: Path) -> Path:
    """A consistent copy while others go on writing; returns its file."""
    target = folder / NAMES[connection.vendor]
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
        return target
    _postgresql("pg_dump", "--format=custom", f"--file={target}")
    return target


def load(folder: Path) -> None:
    """Replace the whole database by a copy. Raises CannotKeep when it is of the other kind, or others are connected."""
    source = folder / NAMES[connection.vendor]
    if not source.exists():
        raise CannotKeep(f"{folder} holds no {NAMES[connection.vendor]}: it was made on the other kind of database.")
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(source)) as copy:
            copy.backup(connection.connection)
        connection.close()
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        others = cursor.fetchone()[0]
    if others:
        raise CannotKeep(f"{others} other connections are open. Stop web, workers and beat, then restore.")
    connection.close()
    _postgresql(
        "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--dbname", _name(), str(source)
    )


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _postgresql(program: str, *arguments: str) -> None:
    """Run a PostgreSQL program against our database; the password goes by the environment, never the command line."""
    settings = connection.settings_dict
    options = settings.get("OPTIONS", {})
    environment = {
        **os.environ,
        "PGHOST": str(settings["HOST"] or options.get("host", "")),
        "PGPORT": str(settings["PORT"] or ""),
        "PGUSER": str(settings["USER"] or ""),
        "PGPASSWORD": str(settings["PASSWORD"] or ""),
        "PGDATABASE": _name(),
    }
    environment = {name: value for name, value in environment.items() if value}
    done = subprocess.run([_find(program), *arguments], env=environment, capture_output=True, text=True)
    if done.returncode:
        raise CannotKeep(f"{program} failed: {done.stderr.strip()[-500:]}")


def _find(program: str) -> str:
    newest = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda path: int(path.parts[-3]))
    found = str(newest[-1]) if newest else shutil.which(program)
    if found is None:
        raise CannotKeep(f"{program} is not here; install the PostgreSQL client of the server's version.")
    return found
