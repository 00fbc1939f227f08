"""Drill: real workers are killed, cut off from their bells, and sent to a relay that misbehaves, in the middle of an alert.

Counted at the relay: `lost` are people who never got theirs, `duplicated` letters more than one each. A killed worker may repeat
what was under way on its connections, one message each: that is the bound.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable

import django

from tests import surroundings

django.setup()  # on the surroundings just made; what follows reads settings

import redis  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.dispatching import join  # noqa: E402
from campaigns.models import Joining  # noqa: E402
from config.environment import BASE_DIR  # noqa: E402
from network.flows.installing import install  # noqa: E402
from network.models import Person  # noqa: E402
from notifications.flows import opening  # noqa: E402
from notifications.models import Alert  # noqa: E402
from tests.makers import make_alert, make_campaign, make_network  # noqa: E402
from tests.smtp_server import Server  # noqa: E402

PEOPLE = 600
LONGEST_SECONDS = 150  # of one drill: a lease must run out first
WORKERS = 2


def start(number: int, port: int) -> subprocess.Popen:
    command = [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "-Q", "prompt,bulk", "-P", "threads"]
    command += [
        "-c",
        "1",
        "--without-gossip",
        "--without-mingle",
        "--without-heartbeat",
        "-l",
        "error",
        "-n",
        f"d{number}@x",
    ]
    log = (surroundings.FOLDER / "drill-workers.log").open("ab")
    environment = {**os.environ, "SMTP_PORT": str(port)}
    return subprocess.Popen(command, cwd=BASE_DIR, env=environment, stdout=log, stderr=log)


def clock(port: int) -> subprocess.Popen:
    """The timetable: what finds the work when bells and workers are gone."""
    schedule = str(surroundings.FOLDER / f"beat-{time.time_ns()}")
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "config.celery",
        "beat",
        "--pidfile=",
        "-l",
        "error",
        "--schedule",
        schedule,
    ]
    return subprocess.Popen(
        command, cwd=BASE_DIR, env={**os.environ, "SMTP_PORT": str(port)}, stdout=subprocess.DEVNULL
    )


def run(name: str, hurt: Callable[[list[subprocess.Popen], Server], None], *, bound: int, **script: object) -> bool:
    """One alert to PEOPLE with something done to it in the middle; prints its line, returns whether it held."""
    server = Server(delay_seconds=0.02, **script)  # type: ignore[arg-type]
    network = make_network_once()
    alert = make_alert(network, make_campaign(network, slug=f"drill-{time.time_ns()}"), audience=0)
    join_everybody(alert)
    workers = [start(number, server.port) for number in range(WORKERS)]
    beat = clock(server.port)
    try:
        opening.open_alert(alert.pk, by=None, at=timezone.now())
        wait_for(lambda: len(server.accepted) > PEOPLE // 10)
        hurt(workers, server)
        wait_for(lambda: Alert.objects.get(pk=alert.pk).state == Alert.State.FINISHED)
    finally:
        for process in [*workers, beat]:
            process.kill()
            process.wait()
        server.stop()
    counts = Counter(server.accepted)
    lost = PEOPLE - len(counts)
    duplicated = sum(counts.values()) - len(counts)
    ok = lost == 0 and duplicated <= bound
    line = {"drill": name, "database": connection.vendor, "recipients": PEOPLE, "lost": lost, "duplicated": duplicated}
    sys.stdout.write(json.dumps({**line, "bound": bound, "ok": ok}) + "\n")
    sys.stdout.flush()
    return ok


_networks: list = []  # type: ignore[type-arg]


def make_network_once():  # type: ignore[no-untyped-def]
    if not _networks:
        _networks.append(make_network())
    return _networks[0]


def join_everybody(alert: Alert) -> None:
    if not Person.objects.filter(email__startswith="member-").exists():
        join(alert.campaign, PEOPLE)
        return
    now = timezone.now()
    members = Person.objects.filter(email__startswith="member-")
    Joining.objects.bulk_create(Joining(person=one, campaign=alert.campaign, joined_at=now) for one in members)


def wait_for(condition: Callable[[], bool]) -> None:
    ends_at = time.monotonic() + LONGEST_SECONDS
    while not condition():
        if time.monotonic() > ends_at:
            raise RuntimeError("it never came to an end")
        time.sleep(0.05)


def kill_one(workers: list[subprocess.Popen], server: Server) -> None:
    os.kill(workers[0].pid, signal.SIGKILL)


def kill_all(workers: list[subprocess.Popen], server: Server) -> None:
    for process in workers:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    workers += [start(number + WORKERS, server.port) for number in range(WORKERS)]


def wipe_the_broker(workers: list[subprocess.Popen], server: Server) -> None:
    redis.Redis(unix_socket_path=str(surroundings.SOCKET)).flushall()


def main() -> int:
    call_command("migrate", verbosity=0)
    install(trial=True, at=timezone.now())
    connections = settings.SMTP_CONNECTIONS
    held = [
        run("kill -9 of one worker", kill_one, bound=connections),
        run("kill -9 of all workers", kill_all, bound=WORKERS * connections),
        run("broker wiped", wipe_the_broker, bound=0),
    ]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
