"""Bench: what grows with the number of recipients and what must not: a worker's memory, the time to the first letter, and the
making of the rows.

A worker's peak while it sends to SMALL people and then to more, up to BENCH_LARGE; what workers, clock and broker have in use
together; and opening for all of them against the least a database can do, one bare INSERT … SELECT of as many rows into a table
of the same shape.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from benchmarks import dispatching, processes
from benchmarks.reporting import report
from campaigns.models import Campaign
from notifications.flows import opening
from notifications.models import Alert, Delivery
from tests import surroundings
from tests.makers import Network, make_alert, make_campaign

SMALL, LARGE = int(os.environ.get("BENCH_SMALL", "10000")), int(os.environ.get("BENCH_LARGE", "100000"))
SIZES = sorted({size for size in (100_000, LARGE) if size <= LARGE})
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
SETTLING_SECONDS = 8  # until a process that starts has loaded what it needs


def main() -> int:
    network, few = dispatching.begin(SMALL)
    campaigns, first = {SMALL: few}, SMALL
    for size in SIZES:
        campaigns[size] = make_campaign(network, slug=f"size-{size}")
        dispatching.join(campaigns[size], size, first=first)
        first += size
    _memory(network, campaigns)
    if connection.vendor == "postgresql":  # a table of the same shape cannot be said in one word elsewhere
        _opening(network, campaigns[LARGE])
    return 0


def _memory(network: Network, campaigns: dict[int, Campaign]) -> None:
    log = Path(surroundings.FOLDER) / "bench-workers.log"
    with ExitStack() as stack:
        port, _sink = stack.enter_context(processes.sink())
        surrounded = {"SMTP_PORT": str(port), "CELERY_BULK": "1"}
        worker = stack.enter_context(processes.worker(log, **surrounded))
        dispatching.send_alert(network, campaigns[SMALL], [worker], people=SMALL)  # warms it
        peaks: dict[int, float] = {}
        for people, campaign in campaigns.items():
            sent = dispatching.send_alert(network, campaign, [worker], people=people)
            peaks[people] = processes.peak_megabytes(processes.with_children(worker.pid))
            report("first letters marked as sent", [sent.first], "s", n=people)
            if people == SMALL:
                report("memory of a worker", [peaks[SMALL]], "MB", n=SMALL)
                continue
            report(
                "growth of a worker's peak memory", [peaks[people] - peaks[SMALL]], "MB", n=people,
                baseline=f"its peak at {SMALL:,}", against=[peaks[SMALL]], rate=round(people / sent.seconds),
            )  # fmt: skip
        others = [
            stack.enter_context(processes.worker(log, queues="prompt", **surrounded)),
            stack.enter_context(processes.clock(log)),
        ]
        time.sleep(SETTLING_SECONDS)
        tree = [pid for one in (worker, *others) for pid in processes.with_children(one.pid)]
        report("memory of two workers, clock and broker", [processes.megabytes([*tree, *_broker()])], "MB", n=LARGE)


def _broker() -> list[int]:
    """The one that this bench started."""
    below = processes.with_children(os.getpid())
    return [pid for pid in below if Path(f"/proc/{pid}/comm").read_text().strip() == "valkey-server"]


def _opening(network: Network, many: Campaign) -> None:
    ours, bare = [], []
    for _round in range(ROUNDS):
        alert = make_alert(network, many)
        began = time.monotonic()
        opening.open_alert(alert.pk, by=None, at=timezone.now())
        while opening.open_slab(alert.pk, at=timezone.now()):
            pass
        ours.append(LARGE / (time.monotonic() - began))
        if Delivery.objects.of(alert).count() != LARGE:
            raise RuntimeError("not everybody was opened for")
        bare.append(LARGE / _bare(many))
        dispatching.put_away(alert)
    report("opening", ours, "rows/s", n=LARGE, baseline="one bare INSERT … SELECT", against=bare)


def _bare(many: Campaign) -> float:
    """Seconds for the same rows into a table of the same shape and indexes, without asking whom they are for."""
    table = Delivery._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE bare (LIKE {table} INCLUDING ALL) ON COMMIT DROP")
        began = time.monotonic()
        cursor.execute(
            "INSERT INTO bare (alert_id, person_id, channel, state, reason, attempts)"
            " SELECT %s, person_id, 'email', 'queued', '', 0 FROM campaigns_joining WHERE campaign_id = %s",
            [Alert.objects.latest("pk").pk, many.pk],
        )
        return time.monotonic() - began


if __name__ == "__main__":
    sys.exit(main())
