"""Nothing about a person is kept without being declared, disclosed and erased."""

import json
import re

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.utils import timezone

from campaigns.flows.campaign import joining
from config.environment import BASE_DIR
from network import personal_data
from network.flows import erasing
from network.flows.relaying import relay
from network.models import OutboxEvent
from notifications.flows.noticing import notify
from notifications.models import Notice
from tests.makers import make_alert, make_campaign, make_participation

OURS = {"network", "campaigns", "notifications", "account", "mfa", "sessions"}
# Django's own tables of names of permissions and models: nothing about people is ever in them.
IMPERSONAL_APPS = {"auth", "contenttypes"}


def test_every_field_of_every_model_is_declared():
    declared = personal_data.declared()
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in IMPERSONAL_APPS:
            continue
        assert model._meta.app_label in OURS, model
        label = model._meta.label
        fields = {field.name for field in model._meta.concrete_fields} | {f.name for f in model._meta.many_to_many}
        known = declared.get(label, {"personal": set(), "impersonal": set()})
        assert known["personal"] | known["impersonal"] == fields, label
        assert not known["personal"] & known["impersonal"], label


def test_every_path_below_var_is_declared():
    """What the trial keeps on disk is listed in the threat model, each with what it may hold."""
    page = (BASE_DIR / "docs" / "threat-model.md").read_text(encoding="utf-8")
    for path in ("hamseda.sqlite3", "mailbox/", "logs/", "trial.json", "trial-secret", "appendonlydir/", "ledger/"):
        assert f"`var/{path}`" in page, path


@pytest.fixture
def known(network):
    """A person with something in every store, under a name and an address that can be looked for."""
    campaign = make_campaign(network)
    row = make_participation(campaign, "planted@people.example", name="Planted-Name", follow=True)
    person = row.person
    alert = make_alert(network, campaign)
    alert.deliveries.create(person=person)
    joining.join(person, campaign, through="test", at=timezone.now())
    notify(Notice.Kind.RECEIPT, address=person.email, language="en", dedupe_key="planted", at=timezone.now())
    return person


def test_disclosing_shows_every_store(known):
    disclosed = erasing.disclose(known)
    assert set(disclosed) == {store.name for store in personal_data.stores()}
    text = json.dumps(disclosed, default=str)
    assert "planted@people.example" in text and "Planted-Name" in text
    assert len(disclosed["participations"]) == len(disclosed["joinings"]) == len(disclosed["deliveries"]) == 1


def test_after_erasing_no_table_holds_the_name_or_the_address(known):
    pk, public_id, handle = known.pk, known.public_id, known.audit_handle
    erasing.erase(known, at=timezone.now())
    for model in apps.get_models():
        for row in model.objects.values() if hasattr(model, "objects") else []:
            text = json.dumps(row, default=repr)
            assert "planted@people.example" not in text, model
            assert "Planted-Name" not in text, model
            assert str(public_id) not in text, model
    assert not apps.get_model("network.Person").objects.filter(pk=pk).exists()
    # The log keeps the handle, which now means nobody.
    assert OutboxEvent.objects.filter(actor_handle=handle).exists()


def test_events_carry_ids_only(known):
    for event in OutboxEvent.objects.all():
        assert all(isinstance(value, int) or len(str(value)) <= 36 for value in event.payload.values()), event.name
        assert "planted" not in json.dumps(event.payload).lower()


def test_what_was_entered_and_not_confirmed_is_erased_too(known, network, visitor):
    """Erased means that no mail follows, whatever was pending."""
    other = make_campaign(network)
    pending = make_participation(other, "planted@people.example", name="Planted-Name", confirmed=False)
    visitor.post("/join/", {"name": "Planted-Name", "email": "planted@people.example", "endorse": "on"})
    visitor.post("/accounts/code/", {"email": "planted@people.example"})
    assert any(item["state"] == "pending" for item in erasing.disclose(known)["participations"])
    erasing.erase(known, at=timezone.now())
    pending.refresh_from_db()
    assert (pending.state, pending.address, pending.name) == ("expired", "", "")
    relay()
    assert not Notice.objects.exclude(address="").filter(state="queued").exists()
    for session in Session.objects.all():
        assert "planted@" not in json.dumps(session.get_decoded(), default=str)


def test_after_erasing_the_old_links_thank_nobody(known, network, visitor, deliver_all):
    mails = deliver_all().mails(known.email)
    links = {link for mail in mails for link in re.findall(r"http://testserver(/confirm/\S+)", mail.as_string())}
    erasing.erase(known, at=timezone.now())
    for link in links:
        assert visitor.get(link).status_code in {404, 410}
