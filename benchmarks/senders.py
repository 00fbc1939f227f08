"""Bench: the same alert as the senders that people use today would send it, against ours, round by round, to one sink.

smtplib with bytes that are ready; Django's send_messages over one connection; a Celery task for each recipient, as many workers
as ours. Ours counts everything, from pressing "open" to the last row settled; theirs keep no row of what became of anybody.
"""

from __future__ import annotations

import os
import smtplib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives, get_connection

from benchmarks import dispatching, one_by_one, others, processes
from benchmarks.reporting import report
from campaigns.models import Campaign
from config.environment import BASE_DIR
from network.models import Person
from notifications.engine.compiling import Recipient, compile_alert
from tests import surroundings
from tests.makers import make_alert

THEIRS = int(os.environ.get("BENCH_THEIRS", "2000"))  # messages of each of the others; their rate does not depend on it
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
BATCH = 100  # of Django's send_messages


def main() -> int:
    network, campaign = dispatching.begin()
    log = Path(surroundings.FOLDER) / "bench-workers.log"
    with ExitStack() as stack:
        port, _sink = stack.enter_context(processes.sink())
        workers = [
            stack.enter_context(processes.worker(log, SMTP_PORT=str(port), CELERY_BULK="1")) for _each in range(2)
        ]
        stack.enter_context(_one_by_one_workers(log, port))
        senders, letters = _senders(network, campaign, port)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hamseda-bench-")))
        elsewhere = others.fetched(folder, port, letters)
        dispatching.send_alert(network, campaign, workers)
        ours: list[float] = []
        theirs: dict[str, list[float]] = {name: [] for name in (*senders, *elsewhere)}
        for _ in range(ROUNDS):
            ours.append(dispatching.PEOPLE / dispatching.send_alert(network, campaign, workers).seconds)
            for name, send in senders.items():
                began = time.monotonic()
                sent = send()
                theirs[name].append(sent / (time.monotonic() - began))
            for name, a_second in elsewhere.items():
                theirs[name].append(a_second())
        for name, rates in theirs.items():
            report(f"against {name}", ours, "messages/s", n=dispatching.PEOPLE, baseline=name, against=rates)
    return 0


def _senders(network, campaign: Campaign, port: int):  # type: ignore[no-untyped-def]
    """({name: a function that sends and returns how many}, the same letters in words, for senders from elsewhere)."""
    alert = make_alert(network, campaign)
    compiled = compile_alert(alert, "en")
    if compiled is None:
        raise RuntimeError("there is nothing to measure")
    people = list(Person.objects.filter(joinings__campaign=campaign).order_by("pk")[:THEIRS])
    recipients = [Recipient(one.pk, one.email, one.display_name, one.public_id) for one in people]
    ready = [(one.address, compiled.message_for(one).content) for one in recipients]
    text, subject = alert.variants.get(language="en").body_text, "News"
    html = compiled.html_for(Recipient(1, "", "NAME", people[0].public_id))

    def by_smtplib() -> int:
        with smtplib.SMTP("127.0.0.1", port) as client:
            for address, content in ready:
                client.sendmail("alerts@test.example", [address], content)
        return len(ready)

    def by_send_messages() -> int:
        for first in range(0, len(people), BATCH):
            mails = []
            for one in people[first : first + BATCH]:
                mail = EmailMultiAlternatives(
                    subject, text.replace("{recipient}", one.display_name), settings.DEFAULT_FROM_EMAIL, [one.email]
                )
                mail.attach_alternative(html.replace("NAME", one.display_name), "text/html")
                mails.append(mail)
            get_connection(one_by_one.SMTP, host="127.0.0.1", port=port).send_messages(mails)
        return len(people)

    def by_a_task_each() -> int:
        cache.set(one_by_one.DONE, 0, timeout=None)
        some = people[: THEIRS // 4]
        for one in some:
            one_by_one.send_one.delay(one.pk, subject, text.replace("{recipient}", "NAME"), html)
        while cache.get(one_by_one.DONE) < len(some):
            time.sleep(0.02)
        return len(some)

    letters = [
        {
            "address": one.email,
            "subject": subject,
            "text": text.replace("{recipient}", one.display_name),
            "html": html.replace("NAME", one.display_name),
        }
        for one in people
    ]
    senders: dict[str, Callable[[], int]] = {
        "smtplib, bytes ready": by_smtplib,
        "Django send_messages": by_send_messages,
        "a Celery task per recipient": by_a_task_each,
    }
    return senders, letters


@contextmanager
def _one_by_one_workers(log: Path, port: int):  # type: ignore[no-untyped-def]
    command = [sys.executable, "-m", "celery", "-A", "benchmarks.one_by_one", "worker", "-c", "2", "-l", "warning"]
    command += ["--without-gossip", "--without-mingle", "--without-heartbeat", "-n", "one-by-one@here"]
    with log.open("ab") as file:
        process = subprocess.Popen(
            command, cwd=BASE_DIR, env={**os.environ, "SMTP_PORT": str(port)}, stdout=file, stderr=file
        )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)


if __name__ == "__main__":
    sys.exit(main())
