"""Make .venv and put the hashed pins into it. Standard library only: this runs before anything is installed.

Usage: python3 config/trial/install.py [requirements file …]   (default: requirements.txt)
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VENV = BASE_DIR / ".venv"
PYTHON = VENV / "bin" / "python"

NO_ENSUREPIP = """\
This Python can make a virtual environment but not put pip into it.
On Debian and Ubuntu one line mends that:

    apt-get install python3-venv

Then run the same command again."""


def main(arguments: list[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036  (it is run by whatever Python is there)
        print(f"Hamseda needs Python 3.11 or newer; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 1
    wanted = [BASE_DIR / name for name in arguments or ["requirements.txt"]]
    if not PYTHON.exists() and not make_venv():
        return 1
    for requirements in wanted:
        if not install(requirements):
            return 1
    return 0


def make_venv() -> bool:
    """A virtual environment with pip, from ensurepip or, without it, from a pip that is already here."""
    print("Making a virtual environment in .venv …", flush=True)
    try:
        import ensurepip  # noqa: F401

        venv.create(VENV, with_pip=True, symlinks=True)
        return True
    except (ImportError, subprocess.CalledProcessError):
        venv.create(VENV, with_pip=False, symlinks=True, clear=True)
    borrowed = subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(PYTHON), "install", "--quiet", "pip"], capture_output=True
    )
    if borrowed.returncode:
        print(NO_ENSUREPIP, file=sys.stderr)
        PYTHON.unlink(missing_ok=True)
        return False
    return True


def install(requirements: Path) -> bool:
    """pip install --require-hashes, unless exactly this file was installed before."""
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()
    stamp = VENV / f".installed-{requirements.stem}"
    if stamp.exists() and stamp.read_text() == digest:
        return True
    print(f"Installing what {requirements.name} pins (a minute, the first time) …", flush=True)
    command = [
        str(PYTHON),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
        "-r",
        str(requirements),
    ]
    home = Path("~").expanduser()
    if not os.access(home, os.W_OK):
        command.append("--no-cache-dir")  # a home that cannot be written would only make pip complain
    environment = {**os.environ, "PIP_ROOT_USER_ACTION": "ignore"}
    if subprocess.run(command, env=environment).returncode:
        print("The packages could not be installed; the reason stands above.", file=sys.stderr)
        return False
    stamp.write_text(digest)
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
