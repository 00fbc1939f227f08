"""`make run`: everything a trial needs, on loopback, started in order, stopped together.

Children die with the supervisor, even when it is killed with -9: on Linux the kernel tells them (PR_SET_PDEATHSIG);
elsewhere their process ids are kept in var/ and whatever is left of them is ended at the next start.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from config.environment import BASE_DIR
from config.trial import surroundings, valkey
from config.trial.processes import (
    LOOPBACK,
    clock,
    die_with_parent,
    end_leftovers,
    keep_pids,
    python,
    send,
    wait,
    web,
    worker,
)

STOP_SECONDS = 25  # a worker finishes the chunk in hand; then it is ended
READY_SECONDS = 60


class CannotStart(Exception):
    """Why nothing was started; the message is for whoever typed `make run`."""


@dataclass
class Child:
    name: str
    process: subprocess.Popen


@dataclass
class Trial:
    """The running trial. `children` in the order they were started; stopped in the reverse order."""

    port: int
    var: Path
    lock: IO[str]
    sockets: Path
    children: list[Child] = field(default_factory=list)
    stopping: bool = False

    # -- starting -------------------------------------------------------------------------------
    def start(self) -> dict[str, Any]:
        """Start everything; returns what seed_demo printed. Raises CannotStart with everything stopped again."""
        broker = self.sockets / "valkey.sock"
        # Its descriptor keeps the lock while Valkey lives; elsewhere than on Linux Valkey may outlive us, and must not.
        kept = [self.lock.fileno()] if sys.platform.startswith("linux") else []
        self._spawn("valkey", valkey.command(broker, data=self.var), pass_fds=kept)
        valkey.wait_until_up(broker, self.children[-1].process)
        smtp_port = _free_port()
        environment = {
            "HAMSEDA_TRIAL": "1",
            "SECRET_KEY": surroundings.secret_key(),
            "SITE_URL": f"http://{LOOPBACK}:{self.port}",
            "BROKER_URL": valkey.broker_url(broker),
            "CACHE_URL": valkey.cache_url(broker),
            "SMTP_HOST": LOOPBACK,
            "SMTP_PORT": str(smtp_port),
            "VAR_DIR": str(self.var),
        }
        os.environ.update(environment)
        surroundings.keep(environment)
        self._manage("seed_demo", "--look-only")  # before anything is written to a database somebody pointed us at
        self._manage("catalogues", "--compile")
        self._manage("migrate", "--verbosity", "0")
        seeded = json.loads(self._manage("seed_demo", "--people", os.environ.get("DEMO_PEOPLE", "1000"), "--json"))
        self._spawn("mailbox", python("-m", "config.trial.mailbox", str(self.var / "mailbox"), str(smtp_port)))
        self._spawn("web", web(self.port), death=signal.SIGTERM)  # it has a child of its own to take along
        self._spawn("prompt", worker("prompt", threads=2))
        self._spawn("bulk", worker("bulk", threads=2))
        self._spawn("beat", clock(self.var / "beat"))
        self._wait_until_ready()
        return seeded

    def _spawn(
        self, name: str, command: list[str], *, death: int = signal.SIGKILL, pass_fds: list[int] | None = None
    ) -> None:
        log = (self.var / "logs" / f"{name}.log").open("ab")
        process = subprocess.Popen(
            command,
            cwd=BASE_DIR,
            stdout=log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent(death),
            pass_fds=pass_fds or [],
        )
        log.close()
        self.children.append(Child(name, process))
        keep_pids(self.var, [child.process.pid for child in self.children])

    def _manage(self, *arguments: str) -> str:
        done = subprocess.run(python("manage.py", *arguments), cwd=BASE_DIR, capture_output=True, text=True)
        if done.returncode:
            raise CannotStart(f"manage.py {arguments[0]} failed:\n{done.stderr.strip()}")
        return done.stdout

    def _wait_until_ready(self) -> None:
        ends_at = time.monotonic() + READY_SECONDS
        while time.monotonic() < ends_at and not self.stopping:
            if dead := self.first_dead():
                raise CannotStart(f"{dead.name} stopped as it started; see {self.var / 'logs' / (dead.name + '.log')}")
            try:
                with urllib.request.urlopen(f"http://{LOOPBACK}:{self.port}/readyz", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                pass
            time.sleep(0.1)
        if not self.stopping:
            raise CannotStart(f"the web server did not become ready; see {self.var / 'logs' / 'web.log'}")

    # -- running and stopping -------------------------------------------------------------------
    def first_dead(self) -> Child | None:
        return next((child for child in self.children if child.process.poll() is not None), None)

    def stop(self) -> None:
        """Ask everything to end, in reverse order, Valkey last; end by force what does not."""
        for child in reversed(self.children[1:]):
            send(child.process, signal.SIGTERM)
        ends_at = time.monotonic() + STOP_SECONDS
        for child in reversed(self.children[1:]):
            wait(child.process, ends_at - time.monotonic())
        for child in self.children[:1]:
            send(child.process, signal.SIGTERM)
            wait(child.process, 5)
        (self.var / "trial.pids").unlink(missing_ok=True)
        shutil.rmtree(self.sockets, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return probe.getsockname()[1]


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            raise CannotStart(
                f"Port {port} is in use by another program. Nothing was started.\nTry another one: PORT={port + 1} make run"
            ) from None


def _read_port() -> int:
    text = os.environ.get("PORT", "8000")
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise CannotStart(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def _lock(var: Path) -> IO[str]:
    """The right to run in this folder. Raises CannotStart when another trial has it."""
    lock = (var / "trial.lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.seek(0)
        raise CannotStart(
            f"A trial is already running here ({lock.read().strip() or 'starting'}). Nothing was started."
        ) from None
    lock.truncate(0)
    lock.write(f"process {os.getpid()}")
    lock.flush()
    return lock


def prepare() -> Trial:
    """Everything that can say no, before anything is started."""
    os.umask(0o077)  # what a trial writes is its owner's alone
    host = os.environ.get("HOST", LOOPBACK)
    if host not in {LOOPBACK, "localhost"}:
        raise CannotStart(f"A trial serves this machine only; HOST={host} is refused. See README.md for production.")
    port = _read_port()
    var = surroundings.var_dir().absolute()
    try:
        (var / "logs").mkdir(parents=True, exist_ok=True)
        (var / "mailbox").mkdir(exist_ok=True)
    except OSError as error:
        raise CannotStart(f"{var} cannot be written: {error.strerror}.") from None
    lock = _lock(var)
    _require_free(port)
    end_leftovers(var)
    # A Unix socket's path may have 107 characters at most, so it does not live in var/.
    return Trial(port=port, var=var, lock=lock, sockets=Path(tempfile.mkdtemp(prefix="hamseda-")))


def main() -> int:
    try:
        trial = prepare()
    except CannotStart as reason:
        print(reason, file=sys.stderr)
        return 1

    def ask_to_stop(*_: object) -> None:
        trial.stopping = True

    signal.signal(signal.SIGINT, ask_to_stop)
    signal.signal(signal.SIGTERM, ask_to_stop)
    print("Starting … (database, workers, mailbox, web)", flush=True)
    try:
        seeded = trial.start()
        if not trial.stopping:
            _greet(trial, seeded)
        while not trial.stopping:
            if dead := trial.first_dead():
                print(f"{dead.name} stopped; see {trial.var / 'logs' / (dead.name + '.log')}", file=sys.stderr)
                return 1
            time.sleep(0.2)
        print("Stopping …", flush=True)
        return 0
    except (CannotStart, RuntimeError, FileNotFoundError) as reason:
        print(reason, file=sys.stderr)
        return 1
    finally:
        trial.stop()


def _greet(trial: Trial, seeded: dict[str, Any]) -> None:
    url = seeded["url"]
    print(f"\nHamseda is running at  {url}/   (فارسی: {url}/fa/)")
    print(f"Every mail ends in     {url}/mailbox/")
    print("\nSign in as one of them; whoever works here also needs a code: manage.py demo_code ADDRESS")
    for login in seeded["logins"]:
        print(f"  {login['role']:<14} {login['email']:<27} {login['link']}")
    print(f"\nAPI and its reference  {url}/api/")
    print(f"  a partner's key      {seeded['api_key']}")
    print("Code of a second factor: .venv/bin/python manage.py demo_code writer@demo.example")
    print("Open the demo alert:   .venv/bin/python manage.py open_alert")
    print("Ctrl-C stops everything.\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
