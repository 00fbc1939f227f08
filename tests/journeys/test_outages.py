"""Something is away: signing works without a broker, nothing is half-written without a database, work goes on after."""

from __future__ import annotations

import os
from collections import Counter
from io import StringIO

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from campaigns.flows.campaign import acting
from campaigns.models import Participation
from config.cache import ForgivingRedisCache
from network import tasks
from network.flows.installing import install
from network.models import OutboxEvent
from notifications.models import Alert
from tests.journeys.test_an_alert_reaches_everybody import MEMBERS, alert_recipients
from tests.makers import make_alert, make_campaign, make_network


@pytest.fixture
def campaign(transactional_db):
    install(trial=True, at=timezone.now())
    return make_campaign(make_network(), slug="lake")


def sign(address: str = "nasrin@people.example"):
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    return client.post("/campaigns/lake/", {"name": "Nasrin", "email": address})


def test_without_a_broker_signing_works_and_the_mail_follows(campaign, settings, workers, mailbox, until):
    there, settings.CELERY_BROKER_URL = settings.CELERY_BROKER_URL, "redis+socket:///nowhere/valkey.sock?virtual_host=0"
    tasks._doors.__dict__.clear()
    assert sign().status_code == 302
    assert sign("other@people.example").status_code == 302
    settings.CELERY_BROKER_URL = there
    tasks._doors.__dict__.clear()
    assert Participation.objects.pending().count() == 2
    assert mailbox.mails() == []
    workers.start("prompt,bulk")  # the clock finds the rows; no bell was ever rung for them
    until(lambda: len(mailbox.mails()) == 2)


def test_a_cache_that_is_away_is_a_miss_and_never_an_error():
    away = ForgivingRedisCache("unix:///nowhere/valkey.sock?db=1", {})
    assert away.get("x", "miss") == "miss"
    assert away.set("x", 1) is None
    assert (away.add("x", 1), away.incr("x"), away.delete("x")) == (True, 1, False)
    assert caches["default"].__class__ is ForgivingRedisCache


def test_without_a_database_there_is_a_calm_page_and_no_half_write(campaign, monkeypatch):
    def dies(*args, **kwargs):
        raise OperationalError("terminating connection due to unexpected postmaster exit")

    before = OutboxEvent.objects.count()
    monkeypatch.setattr(acting, "record", dies)  # the database goes away between the row and its event
    answer = sign()
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert "Back in a moment" in answer.content.decode()
    assert Client().post("/fa/campaigns/lake/", {}, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 400
    assert (Participation.objects.count(), OutboxEvent.objects.count()) == (0, before)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no server to lose")
def test_a_server_that_is_gone_gives_503_and_comes_back(campaign):
    name = connection.settings_dict["HOST"]
    connection.close()
    connection.settings_dict["HOST"] = "/nowhere"
    try:
        answer = Client().get("/campaigns/lake/")
        assert (answer.status_code, "Back in a moment" in answer.content.decode()) == (503, True)
    finally:
        connection.close()
        connection.settings_dict["HOST"] = name
    assert Client().get("/campaigns/lake/").status_code == 200


@pytest.mark.skipif("TEST_PG_DATA" not in os.environ, reason="needs the server that `make test-pg` started itself")
def test_workers_survive_a_restart_of_the_database(campaign, workers, mailbox, until):
    """Every connection is cut as a restart cuts it, in mid-dispatch; the server itself stays for the other tests."""
    alert = make_alert(make_network(), campaign, audience=len(MEMBERS))
    mailbox.delay_seconds = 0.02
    workers.start("prompt,bulk")
    call_command("open_alert", str(alert.pk), "--no-wait", stdout=StringIO())
    until(lambda: len(alert_recipients(mailbox)) >= 10)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    until(lambda: Alert.objects.get(pk=alert.pk).state == "finished", seconds=90)
    counts = Counter(alert_recipients(mailbox))
    assert set(counts) == set(MEMBERS)
    # Nothing accepted is sent again: its marks wait for the database, and the journal has them.
    assert sum(counts.values()) - len(MEMBERS) <= 2 * settings.SMTP_CONNECTIONS
