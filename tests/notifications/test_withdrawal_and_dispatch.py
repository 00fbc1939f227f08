"""A withdrawal that races the workers who send wins: what has not left stays, every row says truly which it was."""

from __future__ import annotations

from collections import Counter

import pytest
from django.utils import timezone

from campaigns.flows.gate import silencing
from network.flows.installing import install
from notifications.engine import dispatching
from notifications.flows import opening
from notifications.models import Delivery
from tests.makers import make_alert, make_campaign, make_network
from tests.notifications.test_opening import open_fully
from tests.racing import race

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, ROUNDS = 24, 4


@pytest.fixture
def network(transactional_db, broker):
    install(trial=True, at=timezone.now())
    return make_network()


def send_all() -> None:
    while dispatching.dispatch():
        pass


def test_a_withdrawal_and_two_workers(network, mailbox, settings):
    settings.HEARTBEAT_SECONDS = 0.02
    settings.CHUNK_ROWS = 8
    mailbox.delay_seconds = 0.01
    for number in range(ROUNDS):
        mailbox.received.clear()
        alert = make_alert(network, make_campaign(network, slug=f"race-{number}"), audience=PEOPLE, severity="urgent")
        open_fully(alert)
        case_id = alert.campaign.case_id
        race(
            send_all,
            send_all,
            lambda case_id=case_id: silencing.withdraw_case(case_id, by=network.writer, at=timezone.now()),
        )
        left = len(mailbox.received)
        send_all()
        assert len(mailbox.received) == left  # whatever the race, nothing leaves after it
        rows = Counter(Delivery.objects.of(alert).values_list("state", "reason"))
        assert rows["sent", ""] == left == len({to for to, _ in mailbox.received})
        assert rows == Counter({("sent", ""): left, ("dropped", "not-published"): PEOPLE - left}) - Counter()
        assert opening.finish(at=timezone.now()) == [alert.pk]
