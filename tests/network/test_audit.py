import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from network.flows import sealing
from network.flows.relaying import relay
from network.models import AuditEntry, OutboxEvent
from network.models.audit import FIRST_SEAL
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


def test_the_days_head_lies_outside_the_database_and_tells_of_a_rewriting(network, broker, settings, tmp_path):
    settings.LEDGER_DIR = tmp_path
    make_participation(make_campaign(network), "signer@people.example")
    relay()
    now = timezone.now()
    head = sealing.write_head(at=now)
    assert sealing.write_head(at=now) is None  # once a day
    assert head.seal in sealing.heads().read_text()
    call_command("verify_audit")
    previous = FIRST_SEAL
    for entry in AuditEntry.objects.order_by("position"):  # a whole new chain, right in itself, with one fact changed
        entry.name = "Nothing" if entry.position == 1 else entry.name
        entry.seal = previous = entry.sealed_after(previous)
        entry.save()
    assert sealing.first_broken() is None
    with pytest.raises(CommandError, match="is not in the database"):
        call_command("verify_audit")
