import pytest

from network.flows import sealing
from network.flows.relaying import relay
from network.models import AuditEntry, OutboxEvent
from tests.makers import make_campaign, make_participation

pytestmark = pytest.mark.django_db


def test_every_event_is_sealed_once_in_order(network):
    make_participation(make_campaign(network), "a@people.example")
    relay()
    entries = list(AuditEntry.objects.order_by("position").values_list("position", "name"))
    assert entries == list(OutboxEvent.objects.order_by("position").values_list("position", "name"))
    assert sealing.first_broken() is None


def test_a_changed_entry_breaks_the_chain(network):
    make_participation(make_campaign(network), "a@people.example")
    relay()
    AuditEntry.objects.filter(position=2).update(name="Harmless")
    assert sealing.first_broken() == 2


def test_a_removed_entry_breaks_the_chain(network):
    make_participation(make_campaign(network), "a@people.example")
    relay()
    AuditEntry.objects.filter(position=2).delete()
    assert sealing.first_broken() == 3
