"""Drill: ten thousand people sign at once over two hundred connections, some of them twice, and confirm, some of them twice.

A real server on PostgreSQL, two workers of it, and everybody at the door together. Counted in the database afterwards: one
signature a mailbox, one person each, and a tally that says exactly so.
"""

from __future__ import annotations

import http.client
import json
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import django

from tests import surroundings

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Sum  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.web import server  # noqa: E402
from campaigns.flows.campaign import counting  # noqa: E402
from campaigns.models import Action, Joining, Participation  # noqa: E402
from network import links  # noqa: E402
from network.flows.installing import install  # noqa: E402
from network.flows.relaying import relay  # noqa: E402
from network.models import OutboxEvent, Person  # noqa: E402
from tests.makers import make_campaign, make_network  # noqa: E402

CONNECTIONS, EACH, AGAIN = 200, 50, 5  # AGAIN: of its neighbour's, so that the same one comes twice at the same time
SIGNERS = CONNECTIONS * EACH
LOG_SECONDS = 120  # until the log is read
TAKEN, TAKEN_BEFORE = 302, 200  # answers: done, and the page of what was done before


def address_of(number: int) -> str:
    return f"signer-{number}@people.example"


def numbers_of(who: int) -> list[int]:
    """Whom one connection brings: its own, and the first of its neighbour."""
    neighbour = (who + 1) % CONNECTIONS
    own = [who * EACH + place for place in range(EACH)]
    return [*(neighbour * EACH + place for place in range(AGAIN)), *own]


def post_all(port: int, paths: list[tuple[str, dict[str, str]]]) -> Counter[int]:
    """How often each status came, over one connection that is kept."""
    line, statuses = http.client.HTTPConnection("127.0.0.1", port, timeout=120), Counter[int]()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    for path, form in paths:
        line.request("POST", path, urlencode(form), headers)
        answer = line.getresponse()
        answer.read()
        statuses[answer.status] += 1
    line.close()
    return statuses


def at_once(port: int, paths: list[list[tuple[str, dict[str, str]]]]) -> Counter[int]:
    with ThreadPoolExecutor(CONNECTIONS) as crowd:
        return sum(crowd.map(partial(post_all, port), paths), Counter[int]())


def main() -> int:
    if connection.vendor != "postgresql":  # SQLite has one writer: what it is for is told in the README
        return 0
    call_command("migrate", verbosity=0)
    install(trial=True, at=timezone.now())
    campaign = make_campaign(make_network(), slug="lake")
    before = Person.objects.count()
    began = time.monotonic()
    with server(Path(surroundings.FOLDER) / "drill-crowd.log") as base:
        port = int(base.rsplit(":", 1)[1])
        entering = [
            [
                ("/campaigns/lake/", {"name": f"Signer {one}", "email": address_of(one), "follow": "on"})
                for one in numbers_of(who)
            ]
            for who in range(CONNECTIONS)
        ]
        entered = at_once(port, entering)
        rows = dict(Participation.objects.values_list("address", "pk"))
        confirming = [
            [
                (f"/confirm/{links.token_for(rows[address], address, salt=links.PARTICIPATION)}/", {"name": "Signer"})
                for address in map(address_of, numbers_of(who))
                if address in rows
            ]
            for who in range(CONNECTIONS)
        ]
        confirmed = at_once(port, confirming)
    seconds = time.monotonic() - began
    action = campaign.actions.get()
    ends_at = time.monotonic() + LOG_SECONDS
    while relay() or (counting.tally_of(action.pk).confirmed < SIGNERS and time.monotonic() < ends_at):
        pass
    return tell(action, entered, confirmed, people=Person.objects.count() - before, seconds=seconds)


def tell(action: Action, entered: Counter[int], confirmed: Counter[int], *, people: int, seconds: float) -> int:
    rows = Participation.objects.filter(action=action)
    counted = rows.confirmed().count()
    again = rows.aggregate(n=Sum("repeats"))["n"] or 0
    right = (
        set(entered) == {TAKEN}
        and set(confirmed) <= {TAKEN, TAKEN_BEFORE}
        and again == CONNECTIONS * AGAIN
        and counting.tally_of(action.pk).confirmed == counted == people == rows.count() == SIGNERS
        and OutboxEvent.objects.named("ParticipationConfirmed").count() == SIGNERS
        and Joining.objects.count() == 0  # nobody ticked it on the page that counts
    )
    line = {
        "drill": "ten thousand sign over two hundred connections",
        "database": connection.vendor,
        "recipients": SIGNERS,
        "lost": SIGNERS - counted,
        "duplicated": rows.count() - SIGNERS,
        "bound": 0,
        "again": again,
        "statuses": {"entered": dict(entered), "confirmed": dict(confirmed)},
        "seconds": round(seconds, 1),
        "ok": right,
    }
    sys.stdout.write(json.dumps(line) + "\n")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
