"""Two workers at one alert's opening, and somebody who has a delivery already: each person has one, and every row its chunk."""

from __future__ import annotations

from collections import Counter

import pytest
from django.utils import timezone

from network.flows.installing import install
from network.models import Person
from notifications.flows import opening
from notifications.models import Alert, Chunk, Delivery
from tests.makers import make_alert, make_campaign, make_network
from tests.racing import race

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, ROUNDS = 40, 3


@pytest.fixture
def network(transactional_db, broker):
    install(trial=True, at=timezone.now())
    return make_network()


def open_all(alert: Alert) -> None:
    """As a worker does: slab after slab, for as long as there is one to make."""
    while Alert.objects.filter(pk=alert.pk, state=Alert.State.OPENING).exists():
        opening.open_slab(alert.pk, at=timezone.now())


def test_two_workers_at_one_opening_make_each_delivery_once(network, settings):
    settings.SLAB_PEOPLE_SQLITE = settings.SLAB_PEOPLE_POSTGRESQL = settings.SLAB_PEOPLE_FIRST = 6
    settings.CHUNK_ROWS = 4
    for number in range(ROUNDS):
        alert = make_alert(network, make_campaign(network, slug=f"race-{number}"), audience=PEOPLE, severity="urgent")
        opening.open_alert(alert.pk, by=None, at=timezone.now())
        race(*[lambda alert=alert: open_all(alert)] * 3)
        people = Counter(Delivery.objects.of(alert).values_list("person", flat=True))
        assert set(people.values()) == {1} and len(people) == PEOPLE
        for chunk in Chunk.objects.filter(alert=alert):
            assert chunk.delivery_rows.count() == chunk.size_count > 0


def test_who_has_a_delivery_already_gets_no_second_and_stops_nobody_elses(network):
    alert = make_alert(network, make_campaign(network), audience=PEOPLE)
    one = Person.objects.filter(joinings__campaign=alert.campaign).order_by("pk")[PEOPLE // 2]
    Delivery.objects.create(alert=alert, person=one, channel="email")
    opening.open_alert(alert.pk, by=None, at=timezone.now())
    open_all(alert)
    people = Counter(Delivery.objects.of(alert).values_list("person", flat=True))
    assert set(people.values()) == {1} and len(people) == PEOPLE
