"""What tests run on, set up before Django reads its settings: a real Valkey, a database file or PostgreSQL, compiled words.

A pytest plugin (`-p tests.surroundings`); each xdist worker has its own of everything.
"""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from config.trial import valkey

FOLDER = Path(tempfile.mkdtemp(prefix="hamseda-test-"))
SOCKET = FOLDER / "valkey.sock"
_broker: subprocess.Popen


def _prepare() -> None:
    (FOLDER / "mailbox").mkdir()
    os.environ.update(
        {
            "HAMSEDA_TRIAL": "1",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "VAR_DIR": str(FOLDER),
            "SITE_URL": "http://testserver",
            "BROKER_URL": valkey.broker_url(SOCKET),
            "CACHE_URL": valkey.cache_url(SOCKET),
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": "9",  # discard: nothing listens, so a test that forgot its mailbox fails
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
    )
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER / 'unused.sqlite3'}")
    _start_broker()
    atexit.register(_clean_up)


def _start_broker() -> None:
    global _broker
    _broker = valkey.start(SOCKET, data=None)


def _end_broker() -> None:
    _broker.kill()
    _broker.wait()


def _clean_up() -> None:
    _end_broker()
    shutil.rmtree(FOLDER, ignore_errors=True)


def kill_broker_for(seconds: float) -> None:
    """kill -9, and after a while another one in its place, which knows nothing."""
    _end_broker()
    time.sleep(seconds)
    _start_broker()


_prepare()
