"""Back up, then withdraw and erase, then restore: still silent, still erased, nothing goes out by itself."""

from __future__ import annotations

import json
import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client
from django.utils import timezone

from campaigns.flows.campaign import acting
from campaigns.flows.gate import pausing, silencing
from campaigns.models import Participation
from network.flows import erasing, remembering
from network.flows.installing import install
from network.flows.relaying import relay
from network.models import Installation, LogHead, Person
from notifications.flows import opening
from notifications.models import Alert
from tests.makers import make_alert, make_campaign, make_network, make_participation


@pytest.fixture
def kept(transactional_db, tmp_path: Path, settings):
    """A running network with a backup of it, and then a bad week."""
    settings.LEDGER_DIR = tmp_path / "ledger"
    install(trial=True, at=timezone.now())
    network = make_network()
    silent, paused, other = (make_campaign(network, slug=slug) for slug in ("silent", "paused", "other"))
    erased = make_participation(other, "erased@people.example", name="Planted-Name", follow=True)
    withdrawn = make_participation(other, "withdrawn@people.example")
    alert = make_alert(network, other, audience=3)
    opening.open_alert(alert.pk, by=None, at=timezone.now())
    relay()
    out = StringIO()
    call_command("backup", tmp_path / "backups", stdout=out)
    return {
        "folder": Path(out.getvalue().strip()),
        "network": network,
        "silent": silent,
        "paused": paused,
        "erased": erased,
        "withdrawn": withdrawn,
        "alert": alert,
    }


def bad_week(kept) -> None:
    now = timezone.now()
    silencing.withdraw_consent(kept["silent"].case.consents.get().pk, by=None, at=now)
    pausing.pause(kept["paused"].pk, by=None, at=now)
    acting.withdraw(kept["withdrawn"].pk, by=kept["withdrawn"].person, at=now)
    erasing.erase(Person.objects.get(email="erased@people.example"), at=now)
    relay()  # the ledger is a consumer: rung at once


def restore(folder: Path, *arguments: str) -> str:
    connections.close_all()
    out = StringIO()
    call_command("restore", folder, *arguments, stdout=out)
    return out.getvalue()


def test_a_restore_wakes_nobody(kept):
    epoch = LogHead.objects.get().epoch
    bad_week(kept)
    said = restore(kept["folder"])
    assert "4 withdrawals and erasures replayed, 1 alerts held" in said
    visitor = Client()
    assert visitor.get("/campaigns/silent/").status_code == 410
    assert visitor.get("/campaigns/paused/").status_code == 410
    assert visitor.get("/campaigns/other/").status_code == 200
    assert not Person.objects.filter(email="erased@people.example").exists()
    assert Participation.objects.get(pk=kept["erased"].pk).name == ""
    assert Participation.objects.get(pk=kept["withdrawn"].pk).state == "withdrawn"
    assert Alert.objects.get(pk=kept["alert"].pk).state == "held"
    assert LogHead.objects.get().epoch != epoch
    assert visitor.get("/readyz").status_code == 200


def test_what_was_before_the_backup_is_not_replayed_on_somebody_new(kept, tmp_path, settings):
    """Ids come again after a restore; a line older than the backup must not hit whoever has the id now."""
    bad_week(kept)
    restore(kept["folder"])
    relay()
    time.sleep(1.1)  # folders are named by the second
    out = StringIO()
    call_command("backup", tmp_path / "backups", stdout=out)
    about = json.loads((Path(out.getvalue().strip()) / "about.json").read_text())
    assert about["ledger_lines"] == remembering.length()
    assert "0 withdrawals" in restore(Path(out.getvalue().strip()))


def test_without_its_ledger_a_restore_is_refused(kept, settings, tmp_path):
    bad_week(kept)
    time.sleep(1.1)
    out = StringIO()
    call_command("backup", tmp_path / "backups", stdout=out)
    settings.LEDGER_DIR = tmp_path / "lost"
    connections.close_all()
    with pytest.raises(CommandError, match="Bring the ledger's volume back"):
        call_command("restore", Path(out.getvalue().strip()))


def test_while_it_is_not_settled_readyz_says_no(kept):
    Installation.objects.update(is_settled=False)
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (503, "restoring")


def test_what_is_no_backup_is_refused(kept, tmp_path):
    with pytest.raises(CommandError, match="not a backup"):
        call_command("restore", tmp_path)


def test_every_event_that_silences_is_remembered():
    assert {"PersonErased", "ConsentWithdrawn", "CampaignPaused", "ParticipationWithdrawn"} <= set(
        remembering.remembered()
    )


def test_the_ledger_names_nobody(kept):
    bad_week(kept)
    text = remembering.ledger().read_text()
    assert "Planted" not in text and "@" not in text
    assert text.count("\n") == remembering.length() >= 4
