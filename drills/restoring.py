"""Drill: back up with an alert under way, withdraw, erase, suspend, revoke; restore; count what woke, at the sink.

Two alerts are open at the backup: one for a campaign that is silenced afterwards, one for a campaign that is not, among
whose readers one then withdraws consent and one is erased. An approver resumes both. `duplicated` counts mails to anybody
who should get none, `lost` those of the second alert that never came.
"""

from __future__ import annotations

import contextlib
import json
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import django

from tests import surroundings

django.setup()  # on the surroundings just made; what follows reads settings

from aiosmtpd.controller import Controller  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from campaigns.flows.campaign import joining  # noqa: E402
from campaigns.flows.gate import silencing  # noqa: E402
from campaigns.models import Campaign  # noqa: E402
from config.trial.demo import partnership, seeding, words  # noqa: E402
from network.flows import consenting, erasing, issuing, suspending  # noqa: E402
from network.flows.relaying import relay  # noqa: E402
from network.models import ContactConsent, Organisation, Person, Principles  # noqa: E402
from network.refusals import Refused  # noqa: E402
from notifications.engine import dispatching  # noqa: E402
from notifications.flows import opening, steering  # noqa: E402
from notifications.models import Alert  # noqa: E402
from tests.makers import Network, make_alert  # noqa: E402
from tests.trial_run import free_port  # noqa: E402

PEOPLE = 300
READERS = 20  # of the campaign that stays


class Sink:
    """Counts what arrives."""

    def __init__(self) -> None:
        self.recipients: list[str] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  (aiosmtpd's name)
        self.recipients += envelope.rcpt_tos
        return "250 counted"


def prepare(at: datetime) -> None:
    """A demo network with an alert opened to everybody and nothing sent yet."""
    call_command("migrate", verbosity=0)
    seeding.seed(crowd=PEOPLE, at=at)
    nurse = Campaign.objects.get(slug=seeding.NURSE_SLUG)
    readers = [*Person.objects.filter(joinings__campaign__slug=seeding.STOVES_SLUG).order_by("pk")[:READERS]]
    readers.append(Person.objects.get(email=seeding.SUPPORTER))
    for person in readers:
        joining.join(person, nurse, through="drill", at=at)
    staff = Network(
        nurse.host,
        Person.objects.get(email=seeding.WRITER),
        Person.objects.get(email=seeding.APPROVER),
        Principles.objects.get(),
    )
    make_alert(staff, nurse)
    for alert in Alert.objects.all():
        opening.open_alert(alert.pk, by=None, at=at)
        while opening.open_slab(alert.pk, at=at):
            pass
    relay()


def bad_week(at: datetime) -> int:
    """What happens after the backup; returns the id of somebody who no longer wants alerts."""
    campaign = Campaign.objects.get(slug=seeding.STOVES_SLUG)
    partner = Organisation.objects.partners().get()
    left = _somebody()
    silencing.withdraw_consent(campaign.case.consents.get().pk, by=None, at=at)
    erasing.erase(Person.objects.get(email=seeding.SUPPORTER), at=at)
    consenting.withdraw(left, at=at)
    issuing.revoke(partner.api_keys.get().pk, by=None, at=at)
    suspending.suspend(partner.pk, reason="Drill.", by=None, at=at)
    relay()  # the ledger is a consumer: rung at once
    return left.pk


def _somebody() -> Person:
    return Person.objects.filter(joinings__campaign__slug=seeding.STOVES_SLUG).order_by("pk")[7]


def send_what_is_due() -> None:
    relay()
    while dispatching.dispatch():
        pass


def awake(left: int) -> list[str]:
    """What may not be seen any more and is."""
    campaign = Campaign.objects.get(slug=seeding.STOVES_SLUG)
    reader = Client(headers={"Host": "127.0.0.1"})
    keyed = Client(headers={"Host": "127.0.0.1", "Authorization": f"Bearer {partnership.api_key()}"})
    seen = {
        "page": reader.get(f"/campaigns/{seeding.STOVES_SLUG}/").status_code == 200,
        "api": reader.get(f"/api/v1/campaigns/{campaign.public_id}/").status_code == 200,
        "key": keyed.get("/api/v1/organisation/").status_code == 200,
        "partner": words.PARTNER_SAYS["legal_name"] in reader.get("/partners/").content.decode(),
        "person": Person.objects.filter(email=seeding.SUPPORTER).exists(),
        "consent": ContactConsent.objects.in_force().filter(person=left).exists(),
    }
    return [name for name, is_seen in seen.items() if is_seen]


def drill() -> dict[str, Any]:
    now = timezone.now()
    prepare(now)
    folder = surroundings.FOLDER / "backups"
    call_command("backup", folder, stdout=sys.stderr)
    before = awake(_somebody().pk)
    left = bad_week(now)
    connections.close_all()
    began = time.monotonic()
    call_command("restore", next(Path(folder).iterdir()), stdout=sys.stderr)
    took = time.monotonic() - began

    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.SMTP_PORT = controller.port
    send_what_is_due()
    by_itself = len(sink.recipients)
    for alert in Alert.objects.all():  # an approver goes on with both
        with contextlib.suppress(Refused):
            steering.resume(alert.pk, by=Person.objects.get(email=seeding.APPROVER), at=timezone.now())
    send_what_is_due()
    controller.stop()
    readers = Person.objects.filter(joinings__campaign__slug=seeding.NURSE_SLUG).exclude(pk=left)
    expected = set(readers.values_list("email", flat=True))
    lost, wrong = expected - set(sink.recipients), [to for to in sink.recipients if to not in expected]
    woke = awake(left) + (["alert by itself"] if by_itself else [])
    return {
        "drill": "restore",
        "database": connection.vendor,
        "recipients": PEOPLE,
        "lost": len(lost),
        "duplicated": len(wrong) + len(sink.recipients) - len(set(sink.recipients)),
        "bound": 0,
        "restore_seconds": round(took, 2),
        "awake": woke,
        "ok": len(before) == 6
        and not woke
        and not lost
        and not wrong
        and len(expected) == READERS - 1,  # all six could be seen before
    }


if __name__ == "__main__":
    found = drill()
    print(json.dumps(found), flush=True)
    sys.exit(0 if found["ok"] else 1)
