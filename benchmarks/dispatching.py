"""Bench: an alert from pressing "open" to the last row settled, through real workers, against postfix's own smtp-source.

Both send to the same smtp-sink, one after the other, round by round. smtp-source renders nothing and keeps no rows.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import django

from tests import surroundings

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks import processes  # noqa: E402
from benchmarks.reporting import report  # noqa: E402
from campaigns.models import Campaign, Joining  # noqa: E402
from network.flows.installing import install  # noqa: E402
from network.models import ContactConsent, Person  # noqa: E402
from network.tasks import ring  # noqa: E402
from notifications.engine.compiling import Recipient, compile_alert  # noqa: E402
from notifications.flows import opening  # noqa: E402
from notifications.models import Alert, Delivery  # noqa: E402
from tests.makers import Network, make_alert, make_campaign, make_network  # noqa: E402

PEOPLE = int(os.environ.get("BENCH_PEOPLE", "50000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
FAR_PEOPLE = min(PEOPLE, 2_000)  # where every step takes 20 ms a few are enough to tell
LONGEST_SECONDS = 1800
BATCH = 5_000
LOOK_SECONDS = 0.05  # between two looks whether it is done: they cost the database too
UNUSABLE = "!"  # nobody has a password
CONNECTIONS = 10  # ours: two workers with five each


class Sent(NamedTuple):
    """An alert from pressing "open" to its last row settled."""

    seconds: float
    processor: float  # seconds, of workers, database and broker together
    first: float  # seconds until the first letters are marked as sent


def begin(people: int = PEOPLE) -> tuple[Network, Campaign]:
    """An empty installation with so many people in a campaign."""
    if not processes.postfix("smtp-sink"):
        sys.stderr.write(processes.ABSENT + "\n")
    call_command("migrate", verbosity=0)
    install(trial=True, at=timezone.now())
    network = make_network()
    campaign = make_campaign(network)
    join(campaign, people)
    return network, campaign


def main() -> int:
    network, campaign = begin()
    _compare(network, campaign, "end to end", rounds=ROUNDS)
    _compare(network, campaign, "end to end, without PIPELINING", options=("-p",), rounds=ROUNDS)
    few = make_campaign(network, slug="few")
    join(few, FAR_PEOPLE, first=PEOPLE)
    _compare(network, few, "end to end, 20 ms away", people=FAR_PEOPLE, is_far=True, rounds=ROUNDS)
    return 0


def _compare(
    network: Network,
    campaign: Campaign,
    name: str,
    *,
    options: tuple[str, ...] = (),
    people: int = PEOPLE,
    is_far: bool = False,
    rounds: int,
) -> None:
    log = Path(surroundings.FOLDER) / "bench-workers.log"
    with ExitStack() as stack:
        port, _sink = stack.enter_context(processes.sink(*options))
        if is_far:
            port = stack.enter_context(processes.farther(port))
        workers = [
            stack.enter_context(processes.worker(log, SMTP_PORT=str(port), CELERY_BULK="1")) for _each in range(2)
        ]
        send_alert(
            network, campaign, workers, people=people
        )  # once, to warm everything: connections, caches, the database's own
        ours, theirs, our_cpu, their_cpu = [], [], [], []
        for _ in range(rounds):
            sent = send_alert(network, campaign, workers, people=people)
            ours.append(people / sent.seconds)
            our_cpu.append(sent.processor / people * 1000)
            if processes.postfix("smtp-source"):
                wall, cpu = _source(port, size=size_of_message(network, campaign), people=people)
                theirs.append(people / wall)
                their_cpu.append(cpu / people * 1000)
    report(name, ours, "messages/s", n=people, baseline=f"smtp-source -d -s {CONNECTIONS}", against=theirs)
    report(
        f"{name}, processor", our_cpu, "s/1000", n=people, baseline="smtp-source's own", against=their_cpu,
        counted="workers, database, broker",
    )  # fmt: skip


def join(campaign: Campaign, how_many: int, *, first: int = 0) -> None:
    """People who joined and want alerts, written in bulk; every third reads Persian. first: the number of the first of them."""
    now = timezone.now()
    for begins in range(first, first + how_many, BATCH):
        numbers = range(begins, min(begins + BATCH, first + how_many))
        people = Person.objects.bulk_create(
            Person(
                email=f"member-{number:07d}@people.example",
                display_name=f"Member {number}",
                language="fa" if number % 3 == 0 else "en",
                password=UNUSABLE,
                created_at=now,
            )
            for number in numbers
        )
        Joining.objects.bulk_create(Joining(person=one, campaign=campaign, joined_at=now) for one in people)
        ContactConsent.objects.bulk_create(
            ContactConsent(
                person=one,
                organisation=campaign.host,
                purpose="alerts",
                channel="email",
                given_at=now,
                given_through="bench",
            )
            for one in people
        )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def send_alert(network: Network, campaign: Campaign, workers: list[subprocess.Popen], *, people: int = PEOPLE) -> Sent:
    """Open a fresh alert and wait until its last row is settled."""
    alert = make_alert(network, campaign)
    pids = _ours(workers)
    cpu, began = processes.cpu_seconds(pids), time.monotonic()
    opening.open_alert(alert.pk, by=None, at=timezone.now())
    ring("notifications.dispatch", queue="bulk")
    ring("notifications.open_alerts", queue="bulk")
    told, first = time.monotonic(), 0.0
    while not _is_done(alert):
        time.sleep(LOOK_SECONDS)
        if not first and alert.chunks.filter(sent_count__gt=0).exists():
            first = time.monotonic() - began
        if time.monotonic() - told > 1:  # the timetable's part: a bell that is missed is rung again
            ring("notifications.open_alerts", queue="bulk")
            ring("notifications.dispatch", queue="bulk")
            told = time.monotonic()
        if time.monotonic() - began > LONGEST_SECONDS:
            raise RuntimeError("it never ended")
    sent = Sent(time.monotonic() - began, processes.cpu_seconds(_ours(workers)) - cpu, first)
    if Delivery.objects.of(alert).filter(state="sent").count() != people:
        raise RuntimeError("not everybody was sent to")
    put_away(alert)
    return sent


def put_away(alert: Alert) -> None:
    """As if it had been sent long ago: else the cap on letters a week would count it."""
    long_ago = timezone.now() - timedelta(days=30)
    Alert.objects.filter(pk=alert.pk).update(state=Alert.State.FINISHED, opened_at=long_ago, finished_at=long_ago)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {Delivery._meta.db_table} WHERE alert_id = %s", [alert.pk])  # noqa: S608


def _is_done(alert: Alert) -> bool:
    row = Alert.objects.get(pk=alert.pk)
    return row.state == Alert.State.SENDING and not row.chunks.filter(state="open").exists()


def _ours(workers: list[subprocess.Popen]) -> list[int]:
    """Workers, the database's processes, the broker."""
    pids = [pid for worker in workers for pid in processes.with_children(worker.pid)]
    for path in Path("/proc").glob("[0-9]*/comm"):
        try:
            if path.read_text().strip() in {"postgres", "valkey-server"}:
                pids.append(int(path.parent.name))
        except OSError:
            continue
    return pids


def size_of_message(network: Network, campaign: Campaign) -> int:
    alert = make_alert(network, campaign)
    person = Person.objects.filter(joinings__campaign=campaign).first()
    compiled = compile_alert(alert, "en")
    if compiled is None or person is None:
        raise RuntimeError("there is nothing to measure")
    size = len(compiled.message_for(Recipient(1, person.email, person.display_name, person.public_id)).content)
    alert.delete()
    return size


def _source(port: int, *, size: int, people: int) -> tuple[float, float]:
    """The same number of messages of the same size by smtp-source; (wall seconds, its own processor seconds)."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(
        [
            str(processes.postfix("smtp-source")),
            "-d",
            "-s",
            str(CONNECTIONS),
            "-m",
            str(people),
            "-l",
            str(size),
            f"127.0.0.1:{port}",
        ],
        check=True,
        capture_output=True,
    )
    wall, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


if __name__ == "__main__":
    sys.exit(main())
