"""Fixtures every test may use. What they start they stop, by its own process id."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import hypothesis
import pytest
import redis
from aiosmtpd.controller import Controller
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from config.environment import BASE_DIR
from network import tasks
from network.flows.installing import install
from network.flows.relaying import relay
from notifications.engine import dispatching
from tests import makers, surroundings
from tests.trial_run import free_port
from tests.worker_process import beat_command, worker_command

# How long an example takes is the machine's business.
hypothesis.settings.register_profile(
    "any-machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("any-machine")

# `make test` installs what the product needs; the browser's driver comes with `make test-browser`.
collect_ignore = [] if find_spec("playwright") else ["browser"]


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        subprocess.run(
            [sys.executable, "manage.py", "catalogues", "--compile"], cwd=BASE_DIR, check=True, capture_output=True
        )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if connection.vendor == "postgresql":
        left = [item for item in items if item.get_closest_marker("once")]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """SQLite tests use a file, not memory: real workers open it too, and locks are the real ones."""
    if connection.vendor == "sqlite":
        settings.DATABASES["default"]["TEST"]["NAME"] = str(surroundings.FOLDER / "test.sqlite3")


@pytest.fixture(autouse=True)
def fresh_surroundings(settings: Any) -> Iterator[None]:
    # Most tests hold a transaction, in which a heart's own connection would wait for SQLite's only writer.
    settings.HEARTBEAT_SECONDS = 10.0
    cache.away_until = 0.0  # type: ignore[attr-defined]  # an answer that came late in one test is none of the next one's business
    cache.clear()
    tasks._away_until = 0.0
    tasks._rung.clear()
    yield


@pytest.fixture
def installed(db: None) -> None:
    install(trial=True, at=timezone.now())


@pytest.fixture
def network(installed: None) -> makers.Network:
    """A host with two approvers and principles in force."""
    return makers.make_network()


@pytest.fixture
def visitor() -> Client:
    """A browser that says where its forms come from, as browsers do."""
    return Client(headers={"Sec-Fetch-Site": "same-origin"})


@dataclass
class Mailbox:
    """A real SMTP server on loopback, and what it received."""

    port: int
    received: list[tuple[str, bytes]] = field(default_factory=list)
    replies: Callable[[str], str | None] = lambda recipient: None  # a refusal for RCPT, or None to accept
    sender_reply: str = ""  # a refusal for MAIL
    delay_seconds: float = 0.0

    def mails(self, to: str | None = None) -> list[EmailMessage]:
        parsed = [(rcpt, message_from_bytes(raw, policy=default)) for rcpt, raw in list(self.received)]
        return [mail for rcpt, mail in parsed if to is None or rcpt == to]  # type: ignore[misc]

    def last(self, to: str, *, having: str = "") -> EmailMessage:
        """The last in whose text something stands: of two that left together, either may have come last."""
        plain = [(mail, mail.get_body(("plain",))) for mail in self.mails(to)]
        return [mail for mail, body in plain if not having or (body and having in body.get_content())][-1]

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.sender_reply:
            return self.sender_reply
        envelope.mail_from = address
        envelope.mail_options += options
        return "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        refusal = self.replies(address)
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.delay_seconds:
            await asyncio.sleep(self.delay_seconds)
        self.received += [(recipient, envelope.original_content) for recipient in envelope.rcpt_tos]
        return "250 kept"


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    box = Mailbox(port=free_port())
    controller = Controller(box, hostname="127.0.0.1", port=box.port, ready_timeout=10)
    controller.start()
    settings.SMTP_PORT = box.port
    yield box
    controller.stop()


@pytest.fixture
def deliver_all(mailbox: Mailbox) -> Callable[[], Mailbox]:
    """Relay the log and send everything that is due, in this process; returns the mailbox."""

    def run() -> Mailbox:
        relay()
        while dispatching.dispatch():
            pass
        return mailbox

    return run


@pytest.fixture
def broker() -> redis.Redis:
    """The real Valkey tests run on, all of it: flushall() here is a wiped broker."""
    return redis.Redis(unix_socket_path=str(surroundings.SOCKET))


@dataclass
class Workers:
    """Real worker processes on the test database. Ended by their own process ids."""

    environment: dict[str, str]
    running: list[subprocess.Popen] = field(default_factory=list)

    def start(self, queues: str = "prompt,bulk", *, beat: bool = True, **environment: str) -> subprocess.Popen:
        if beat:
            self.start_clock(**environment)
        return self._spawn(worker_command(queues=queues, threads=2), environment)

    def start_clock(self, **environment: str) -> None:
        self._spawn(beat_command(surroundings.FOLDER), environment)

    def _spawn(self, command: list[str], environment: dict[str, str]) -> subprocess.Popen:
        log = (surroundings.FOLDER / "workers.log").open("ab")
        process = subprocess.Popen(
            command, cwd=BASE_DIR, env={**os.environ, **self.environment, **environment}, stdout=log, stderr=log
        )
        log.close()
        self.running.append(process)
        return process

    def stop(self) -> None:
        for process in self.running:
            process.kill()
        for process in self.running:
            process.wait()
        self.running.clear()


@pytest.fixture
def workers(transactional_db: None, mailbox: Mailbox) -> Iterator[Workers]:
    found = Workers({"DATABASE_URL": database_url(), "SMTP_PORT": str(mailbox.port)})
    yield found
    found.stop()


def database_url() -> str:
    """The test database's own URL, for processes beside the tests."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{name}"))


@pytest.fixture
def until() -> Callable[..., None]:
    """Wait for something to become true; fails with what the workers said when it does not."""

    def wait(condition: Callable[[], bool], *, seconds: float = 180) -> None:
        ends_at = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > ends_at:
                log = surroundings.FOLDER / "workers.log"
                pytest.fail(
                    f"never became true; workers said:\n{log.read_text()[-3000:] if log.exists() else '(nothing)'}"
                )
            time.sleep(0.05)

    return wait


@pytest.fixture
def var_folder() -> Path:
    return surroundings.FOLDER
