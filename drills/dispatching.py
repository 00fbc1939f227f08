"""Drill: real workers are killed, cut off from their bells, and sent to a relay that misbehaves, in the middle of an alert.

Counted at the relay: `lost` are people who never got theirs, `duplicated` letters more than one each. A killed worker may repeat
what was under way on its connections, one message each: that is the bound. What is done to the workers, how it is counted and
which drills there are stand in one file, because a bound is only read beside what is done.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from typing import Any, Protocol

import django

from tests import surroundings

django.setup()  # on the surroundings just made; what follows reads settings

import redis  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import OperationalError, connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.dispatching import join  # noqa: E402
from campaigns.models import Joining  # noqa: E402
from config.environment import BASE_DIR  # noqa: E402
from drills.wire import Wire  # noqa: E402
from network.flows.installing import install  # noqa: E402
from network.models import Person  # noqa: E402
from notifications.flows import opening, progressing  # noqa: E402
from notifications.models import Alert, Delivery, SoftBounce, Suppression  # noqa: E402
from tests.makers import Network, make_alert, make_campaign, make_network  # noqa: E402
from tests.smtp_server import Server  # noqa: E402
from tests.worker_process import beat_command, worker_command  # noqa: E402

PEOPLE = 600
AWAY_SECONDS = 4.0
LONGEST_SECONDS = 200  # of one drill: a lease must run out first
JOURNAL_BYTES = 24 * 40 + 10  # not a whole number of entries
WORKERS = 2
LOOK_SECONDS = 0.25
SETTLING_SECONDS = 0.05  # until marks that are due are written
STEPPING = surroundings.FOLDER / "clocks-are-stepped"


def start(
    port: int, *, surrounded: Mapping[str, str] | None = None, hours: float = 0, **options: Any
) -> subprocess.Popen:
    """A worker of both queues; surrounded: more of its environment; hours: by so many its clock is set by step_the_clocks;
    options: as subprocess takes them."""
    command = worker_command()
    if hours:
        python, _module, celery, *arguments = command
        command = [python, "-m", "drills.stepped", f"{hours:g}", str(STEPPING), celery, *arguments]
    return _spawn(command, port, surrounded=surrounded or {}, **options)


def clock(port: int) -> subprocess.Popen:
    """The timetable: what finds the work when bells and workers are gone."""
    return _spawn(beat_command(surroundings.FOLDER), port)


def _spawn(
    command: list[str], port: int, *, surrounded: Mapping[str, str] | None = None, **options: Any
) -> subprocess.Popen:
    environment = {**os.environ, "SMTP_PORT": str(port), **(surrounded or {})}
    with (surroundings.FOLDER / "drill-workers.log").open("ab") as log:
        return subprocess.Popen(command, cwd=BASE_DIR, env=environment, **{"stdout": log, "stderr": log, **options})


def run(
    name: str,
    hurt: Callable[[list[subprocess.Popen], Server], None],
    *,
    bound: int | None,
    limit: Callable[[], None] | None = None,
    surrounded: Mapping[str, str] | None = None,
    hours: tuple[float, ...] = (0,) * WORKERS,
    **script: object,
) -> bool:
    """One alert to PEOPLE with something done to it in the middle; prints its line, returns whether it held.

    bound: how many may get it twice; None: as many as answers of the relay were lost, or were given too short a time before the
    whole host was. limit: what each worker does to itself before it begins; surrounded: more of the first one's environment;
    hours: by how many each one's clock is set. What never ends is a line too.
    """
    server = Server(delay_seconds=0.02, **script)  # type: ignore[arg-type]
    network = make_network_once()
    # Urgent: the cap on letters a week would let nobody have the fourth.
    alert = make_alert(network, make_campaign(network, slug=f"drill-{time.time_ns()}"), severity="urgent")
    join_everybody(alert)
    # A log that may not grow ends a worker before it has begun.
    quiet = {"preexec_fn": limit, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL} if limit else {}
    workers = [
        start(server.port, surrounded={} if each else surrounded or {}, hours=hours[each], **quiet)
        for each in range(WORKERS)
    ]
    beat = clock(server.port)
    page, ended = Page(alert, server), False
    try:
        opening.open_alert(alert.pk, by=None, at=timezone.now())
        if wait_for(lambda: page.is_looked_at() and len(server.accepted) > PEOPLE // 10):
            with page.looked_at_meanwhile():
                hurt(workers, server)
            ended = wait_for(lambda: page.is_looked_at() and is_finished(alert))
    finally:
        end([*workers, beat])
        server.stop()
    held = tell(
        name,
        alert,
        server.accepted,
        apart="failed",
        bound=len(server.unanswered) + server.recent if bound is None else bound,
        ended=ended,
        page=page,
    )
    # What was refused for good, or for too long, must not be missing in the next.
    Suppression.objects.all().delete()
    SoftBounce.objects.all().delete()
    return held


class Taking(Protocol):
    """The other side: everybody whose letter it took, each as often as it did."""

    accepted: list[str]


class Page:
    """The progress page, looked at again and again while something is done to the alert: what it says must be true each time."""

    def __init__(self, alert: Alert, other_side: Taking) -> None:
        self._alert, self._other_side = alert, other_side
        self.looks, self.untrue = 0, 0
        self._most = 0

    def is_looked_at(self) -> bool:
        said = progressing.progress_of(Alert.objects.get(pk=self._alert.pk), at=timezone.now())
        taken = len(set(self._other_side.accepted))  # asked afterwards: it may only have grown
        self.looks += 1
        self.untrue += said.sent > taken or not self._most <= said.total <= PEOPLE or said.left < 0
        # When it should be through is told of what goes now, and of nothing that waits to be tried again.
        self.untrue += said.finish is not None and (said.left <= said.put_off or said.is_growing)
        self.untrue += said.put_off > said.left
        self.untrue += said.put_off > 0 and said.next_try is None and said.state in Alert.SENDING
        self._most = said.total
        return True

    @contextmanager
    def looked_at_meanwhile(self) -> Iterator[None]:
        """Looked at from beside, for as long as what is done to the alert lasts."""
        over = threading.Event()

        def look() -> None:
            while not over.wait(LOOK_SECONDS):
                try:
                    self.is_looked_at()
                except OperationalError:  # the database was what was hurt
                    connection.close()
            connection.close()

        beside = threading.Thread(target=look)
        beside.start()
        try:
            yield
        finally:
            over.set()
            beside.join()


def tell(
    name: str,
    alert: Alert,
    accepted: list[str],
    *,
    apart: str,
    bound: int,
    ended: bool,
    most: int = PEOPLE,
    page: Page | None = None,
) -> bool:
    """Print a drill's line; returns whether it held.

    accepted: who got a letter, as the other side counts, each as often as they got it. apart: the field of the progress page
    that tells of those who got none, at most `most` of them. page: what was read on it meanwhile. Lost: called sent and never
    taken, or nothing at all.
    """
    counts = Counter(accepted)
    progress = progressing.progress_of(alert, at=timezone.now())
    others = getattr(progress, apart)
    called_sent = set(Delivery.objects.of(alert).filter(state="sent").values_list("person__email", flat=True))
    lost = len(called_sent - set(counts)) + progress.left
    duplicated = sum(counts.values()) - len(counts)
    is_told = progress.sent == len(called_sent) and progress.sent + others == PEOPLE
    is_told = is_told and (page is None or page.untrue == 0)
    ok = ended and lost == 0 and duplicated <= bound and is_told and others <= most
    line = {"drill": name, "database": connection.vendor, "recipients": PEOPLE, "lost": lost, "duplicated": duplicated}
    line |= {
        apart: others,
        "bound": bound,
        "ended": ended,
        "looks": page.looks if page else 1,
        "told": is_told,
        "ok": ok,
    }
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
    return ok


def end(processes: list[subprocess.Popen]) -> None:
    for process in processes:
        process.kill()
        process.wait()


@cache
def make_network_once() -> Network:
    return make_network()


def join_everybody(alert: Alert) -> None:
    if not Person.objects.filter(email__startswith="member-").exists():
        join(alert.campaign, PEOPLE)
        return
    now = timezone.now()
    members = Person.objects.filter(email__startswith="member-")
    Joining.objects.bulk_create(Joining(person=one, campaign=alert.campaign, joined_at=now) for one in members)


def is_finished(alert: Alert) -> bool:
    """What was refused for now is tried again at once, not after minutes: the drill's own clock."""
    Delivery.objects.of(alert).deferred().filter(not_before__gt=timezone.now()).update(not_before=timezone.now())
    return Alert.objects.get(pk=alert.pk).state == Alert.State.FINISHED


def wait_for(condition: Callable[[], bool]) -> bool:
    """Whether it came true within LONGEST_SECONDS."""
    ends_at = time.monotonic() + LONGEST_SECONDS
    while not condition():
        if time.monotonic() > ends_at:
            return False
        time.sleep(0.05)
    return True


def kill_one(workers: list[subprocess.Popen], server: Server) -> None:
    os.kill(workers[0].pid, signal.SIGKILL)


def kill_all(workers: list[subprocess.Popen], server: Server) -> None:
    for process in workers:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    workers += [start(server.port) for _each in range(WORKERS)]


def wipe_the_broker(workers: list[subprocess.Popen], server: Server) -> None:
    redis.Redis(unix_socket_path=str(surroundings.SOCKET)).flushall()


def kill_the_broker(workers: list[subprocess.Popen], server: Server) -> None:
    surroundings.kill_broker_for(AWAY_SECONDS)


def refuse_for_a_while(workers: list[subprocess.Popen], server: Server) -> None:
    """Nobody listens where the relay was; what is being talked is heard out."""
    server.stop()
    time.sleep(AWAY_SECONDS)
    server.listen()


def cut_off_one(workers: list[subprocess.Popen], server: Server) -> None:
    """It stands still past its lease, as behind a network that is gone, and then goes on where it was."""
    os.kill(workers[0].pid, signal.SIGSTOP)
    time.sleep(settings.LEASE_SECONDS + settings.LEASE_MARGIN_SECONDS)
    os.kill(workers[0].pid, signal.SIGCONT)


def cut_off_from_the_database(wire: Wire, workers: list[subprocess.Popen], server: Server) -> None:
    """The first worker's database says nothing more, while the relay goes on answering it; past its lease it is there again."""
    wire.is_cut.set()
    time.sleep(settings.LEASE_SECONDS + settings.LEASE_MARGIN_SECONDS)
    wire.is_cut.clear()


def restart_the_database(workers: list[subprocess.Popen], server: Server) -> None:
    """As its clients see it: every connection they kept ends at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def step_the_clocks(workers: list[subprocess.Popen], server: Server) -> None:
    """Each computer's by a day and some, in opposite directions."""
    STEPPING.touch()


def lose_the_host(workers: list[subprocess.Popen], server: Server) -> None:
    """Both workers and the volume of their journals at once: what was accepted and not yet marked, nobody knows any more."""
    since = time.monotonic() - settings.MARK_SECONDS - SETTLING_SECONDS
    for process in workers:
        os.kill(process.pid, signal.SIGKILL)
    # And what was under way on a connection each, which the relay goes on to accept.
    server.recent = sum(at >= since for at in server.accepted_at) + WORKERS * settings.SMTP_CONNECTIONS
    for process in workers:
        process.wait()
    shutil.rmtree(settings.JOURNAL_DIR)
    workers += [start(server.port) for _each in range(WORKERS)]


def nothing(workers: list[subprocess.Popen], server: Server) -> None:
    """What hurts is in the server's script or in the worker itself."""


def no_room_for_the_journal() -> None:
    """Files of this process may grow to some hundred entries and no further; celery's own are smaller."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (JOURNAL_BYTES, JOURNAL_BYTES))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def main() -> int:
    call_command("migrate", verbosity=0)
    install(trial=True, at=timezone.now())
    connections = settings.SMTP_CONNECTIONS
    held = [
        run("kill -9 of one worker", kill_one, bound=connections),
        run("kill -9 of all workers", kill_all, bound=WORKERS * connections),
        run("broker wiped", wipe_the_broker, bound=0),
        run("broker killed", kill_the_broker, bound=0),
        run("a worker cut off past its lease", cut_off_one, bound=connections),
        run("a relay that answers at random, and loses answers", nothing, bound=None, misbehaves=0.05, seed=7),
        run("a relay that falls silent", nothing, bound=0, stalls_after=PEOPLE // 4, stalls=5),
        run("a relay that is away for a while", refuse_for_a_while, bound=0),
    ]
    held.append(run("the workers' clocks stepped", step_the_clocks, bound=0, hours=(26, -26)))
    held.append(run("the host lost with its journals", lose_the_host, bound=None))
    if connection.vendor == "postgresql":
        wire = Wire(str(connection.settings_dict["HOST"]))
        through = {"DATABASE_URL": f"postgres://hamseda@127.0.0.1:{wire.port}/postgres"}
        cut = partial(cut_off_from_the_database, wire)
        held.append(run("a worker cut off from its database", cut, bound=connections, surrounded=through))
        held.append(run("database restarted under kept connections", restart_the_database, bound=0))
        # On SQLite the database's own file may not grow either.
        held.append(run("no room for the journal", nothing, bound=0, limit=no_room_for_the_journal))
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
