"""Bench: a signature taken, and a campaign's page with its count, against a plain view and against the server's bare hello.

One granian as in production, asked by wrk on the same cores, in turn. A signature is validated, told apart from earlier ones, put
on record with its event, and its confirmation queued by what follows from the log; the plain view does the same with a form, one
look, one row, one counter and a Celery task.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

from tests import surroundings

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks import processes  # noqa: E402
from benchmarks.reporting import report  # noqa: E402
from benchmarks.web_server import HELLO  # noqa: E402
from benchmarks.web_urls import PLAIN  # noqa: E402
from campaigns.models import Participation, Tally  # noqa: E402
from config.environment import BASE_DIR  # noqa: E402
from network.flows.installing import install  # noqa: E402
from tests.makers import make_campaign, make_network, make_participation  # noqa: E402
from tests.trial_run import free_port  # noqa: E402

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
SECONDS = float(os.environ.get("BENCH_WEB_SECONDS", "4"))  # of each asking
COMPARED = (
    ("campaign page, against hello", "page", "bare hello", "hello"),
    ("campaign page, against one that is not kept", "page", "made anew for each request", "made"),
    ("signature, against hello", "signature", "bare hello", "hello"),
    ("signature, against a plain view", "signature", "a plain ORM view", "plain"),
)
CONNECTIONS = 16
SIGNERS = 40
ABSENT = "wrk is not here (apt-get install wrk); the pages are not measured."
SIGN = """
local n, id = 0, 0
local form = {["Content-Type"] = "application/x-www-form-urlencoded", ["Sec-Fetch-Site"] = "same-origin"}
function setup(thread) thread:set("id", id); id = id + 1 end
function request()
  n = n + 1
  local body = "name=Nasrin+Bench&email=b" .. RUN .. "-" .. id .. "-" .. n .. "%40people.example&follow=on"
  return wrk.format("POST", nil, form, body)
end
"""


def main() -> int:
    if shutil.which("wrk") is None:
        sys.stderr.write(ABSENT + "\n")
        return 0
    call_command("migrate", verbosity=0)
    install(trial=True, at=timezone.now())
    campaign = make_campaign(make_network(), slug="lake")
    for number in range(SIGNERS):
        make_participation(campaign, f"signed-{number}@people.example")
    Tally.objects.update_or_create(
        action=campaign.actions.get(), defaults={"confirmed": SIGNERS, "as_of": timezone.now()}
    )
    log = Path(surroundings.FOLDER) / "bench-web.log"
    rates: dict[str, list[float]] = {"hello": [], "page": [], "made": [], "plain": [], "signature": []}
    with server(log) as base:
        _look(f"{base}/campaigns/lake/")
        for _round in range(ROUNDS):
            rates["hello"].append(_ask(f"{base}{HELLO}"))
            rates["page"].append(_ask(f"{base}/campaigns/lake/"))
            rates["made"].append(_ask(f"{base}/campaigns/lake/?made=anew"))  # what has a query is not kept
            rates["plain"].append(_sign(f"{base}/{PLAIN}"))
            rates["signature"].append(_sign(f"{base}/campaigns/lake/"))
    people = Participation.objects.count()
    for bench, ours, baseline, against in COMPARED:
        report(bench, rates[ours], "requests/s", n=people, baseline=baseline, against=rates[against])
    return 0


@contextmanager
def server(log: Path) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "2", "--blocking-threads", "4", "--no-ws", "--log-level", "warning"]
    with log.open("ab") as file:
        process = subprocess.Popen(
            [*command, "benchmarks.web_server:application"], cwd=BASE_DIR, stdout=file, stderr=file
        )
    try:
        processes.wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def _look(address: str) -> None:
    """What is measured is the page, and not an error of it."""
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310  (our own server)
        if "Golnar" not in answer.read().decode():
            raise RuntimeError("the campaign's page does not show its campaign")


def _ask(address: str, *options: str) -> float:
    """Requests answered a second; nothing but answers below 400 counts."""
    command = ["wrk", "-t", "1", "-c", str(CONNECTIONS), "-d", f"{SECONDS:g}s", *options, address]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if refused := re.search(r"Non-2xx or 3xx responses: (\d+)", said):
        raise RuntimeError(f"{refused.group(1)} answers of {address} were errors")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said).group(1))  # type: ignore[union-attr]


def _sign(address: str) -> float:
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(f"RUN = {os.urandom(4).hex()!r}\n{SIGN}")
        script.flush()
        return _ask(address, "-s", script.name)


if __name__ == "__main__":
    sys.exit(main())
