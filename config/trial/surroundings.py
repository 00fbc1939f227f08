"""The environment a trial's processes share, kept in var/trial.json so that manage.py finds it too."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

from config.environment import BASE_DIR

TRIAL_FILE = "trial.json"


def var_dir() -> Path:
    return Path(os.environ.get("VAR_DIR", BASE_DIR / "var"))


def adopt() -> None:
    """Take on the trial's environment, unless this process already has one of its own."""
    if "SECRET_KEY" in os.environ or "SECRET_KEY_FILE" in os.environ:
        return
    try:
        kept = json.loads((var_dir() / TRIAL_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return
    for name, value in kept.items():
        os.environ.setdefault(name, value)


def keep(environment: dict[str, str]) -> None:
    """Write the environment for later commands; readable by its owner only, because it holds the secret key."""
    path = var_dir() / TRIAL_FILE
    path.touch(mode=0o600)
    path.write_text(json.dumps(environment, indent=1), encoding="utf-8")


def secret_key() -> str:
    """This trial's own secret, made once."""
    path = var_dir() / "trial-secret"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="utf-8")
    return path.read_text(encoding="utf-8")
