"""Bench: what grows with the number of recipients and what must not: a worker's memory, and the making of the rows.

A worker's peak while it sends to SMALL people and then to BENCH_LARGE; and opening for all of them against the least a database
can do, one bare INSERT … SELECT of as many rows into a table of the same shape.
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

SMALL = 10_000
LARGE = int(os.environ.get("BENCH_LARGE", "100000"))
ROUNDS = 3


def main() -> int:
    begun = dispatching.begin(SMALL)
    if begun is None:
        return 0
    network, few = begun
    many = make_campaign(network, slug="many")
    dispatching.join(many, LARGE, first=SMALL)
    _memory(network, few, many)
    _opening(network, many)
    return 0


def _memory(network: Network, few: Campaign, many: Campaign) -> None:
    log = Path(surroundings.FOLDER) / "bench-workers.log"
    with ExitStack() as stack:
        port, _sink = stack.enter_context(processes.sink())
        worker = stack.enter_context(processes.worker(log, SMTP_PORT=str(port), CELERY_BULK="1"))
        peaks = []
        for campaign, people in ((few, SMALL), (few, SMALL), (many, LARGE)):  # the first warms it
            wall, _cpu = dispatching.send_alert(network, campaign, [worker], people=people)
            peaks.append(processes.peak_megabytes(processes.with_children(worker.pid)))
    report(
        "growth of a worker's peak memory", [peaks[2] - peaks[1]], "MB", n=LARGE, baseline=f"its peak at {SMALL:,}",
        against=[peaks[1]], rate=round(LARGE / wall),
    )  # fmt: skip


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
