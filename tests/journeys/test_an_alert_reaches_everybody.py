"""Walk 3, the main job: an approved alert reaches everybody who joined, once, in their language, whatever dies meanwhile."""

import os
import signal
from collections import Counter
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from campaigns.flows.campaign import joining
from network.flows.installing import install
from network.models import ContactConsent
from notifications.models import Alert, Chunk, Delivery
from tests.makers import make_alert, make_campaign, make_network, make_person

PEOPLE = 60
MEMBERS = [f"member-{number:05d}@people.example" for number in range(PEOPLE)]


@pytest.fixture
def alert(transactional_db):
    install(trial=True, at=timezone.now())
    network = make_network()
    return make_alert(network, make_campaign(network), audience=PEOPLE)


def test_each_gets_exactly_one_mail_in_their_language(alert, workers, mailbox, until):
    workers.start()
    out = StringIO()
    call_command("open_alert", str(alert.pk), "--seconds", "180", stdout=out)
    assert out.getvalue().splitlines()[-1] == f"{PEOPLE} of {PEOPLE} sent, 0 failed, 0 not sent, 0 left (finished)"
    mails = alert_mails(mailbox)
    assert Counter(mail["To"] for mail in mails) == Counter(dict.fromkeys(MEMBERS, 1))
    assert {mail["To"] for mail in mails if mail["Content-Language"] == "fa"} == set(MEMBERS[::3])
    assert {mail["List-Unsubscribe-Post"] for mail in mails} == {"List-Unsubscribe=One-Click"}
    for language in ("en", "fa"):
        _press_the_button_of_the_mailbox(next(mail for mail in mails if mail["Content-Language"] == language))


def _press_the_button_of_the_mailbox(mail) -> None:
    """As RFC 8058 has it: one POST to exactly that address, no cookie, no redirect followed."""
    address = mail["List-Unsubscribe"].strip("<>")
    assert address.startswith(settings.SITE_URL)
    answer = Client().post(address.removeprefix(settings.SITE_URL), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not ContactConsent.objects.in_force().filter(person__email=mail["To"]).exists()


def test_kill_9_of_the_worker_in_mid_way_loses_nobody(alert, workers, mailbox, until):
    mailbox.delay_seconds = 0.2
    first = workers.start("bulk")
    call_command("open_alert", str(alert.pk), "--no-wait", stdout=StringIO())
    until(lambda: len(alert_recipients(mailbox)) >= 10)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert Delivery.objects.filter(alert=alert, state="queued").exists()
    # As if its leases had run out; waiting for that is in make test-deep.
    Chunk.objects.exclude(leased_until=None).update(leased_until=timezone.now() - timedelta(seconds=1))
    mailbox.delay_seconds = 0
    workers.start("bulk")
    until(lambda: not Delivery.objects.of(alert).unsettled().exists())
    counts = Counter(alert_recipients(mailbox))
    assert set(counts) == set(MEMBERS)
    # Repeated at most the one message under way on each connection of the worker's two threads: the rest is in the journal.
    assert sum(counts.values()) - PEOPLE <= 2 * settings.SMTP_CONNECTIONS


def test_a_wiped_broker_loses_nobody(alert, workers, mailbox, until, broker):
    mailbox.delay_seconds = 0.01
    call_command("open_alert", str(alert.pk), "--no-wait", stdout=StringIO())
    broker.flushall()
    workers.start("prompt,bulk")
    until(lambda: len(alert_recipients(mailbox)) >= 5)
    broker.flushall()
    until(lambda: Alert.objects.get(pk=alert.pk).state == "finished")
    assert Counter(alert_recipients(mailbox)) == Counter(dict.fromkeys(MEMBERS, 1))


def test_the_newcomer_who_joined_meanwhile_is_in_it(alert, workers, mailbox):
    newcomer = make_person("newcomer@people.example", language="fa")
    joining.join(newcomer, alert.campaign, through="test", at=timezone.now())
    workers.start()
    call_command("open_alert", str(alert.pk), "--seconds", "180", stdout=StringIO())
    assert alert_recipients(mailbox).count("newcomer@people.example") == 1


def alert_mails(mailbox) -> list:
    return [mail for mail in mailbox.mails() if "News of" in mail["Subject"] or "خبر" in mail["Subject"]]


def alert_recipients(mailbox) -> list[str]:
    return [mail["To"] for mail in alert_mails(mailbox)]
