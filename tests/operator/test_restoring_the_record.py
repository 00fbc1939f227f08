"""What narrowed, was taken off, taken back or removed after a backup stays so when the backup is restored."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.utils import timezone

from campaigns.flows.gate import consenting, granting, publishing, silencing
from campaigns.flows.record import documenting, linking, picturing, telling
from campaigns.models import Case, CaseGrant, CaseLink, Photo, TimelineEvent
from campaigns.publishing.case_parts import part_of_photo
from network.flows.installing import install
from network.flows.relaying import relay
from network.flows.vetting import promote
from tests.makers import (
    approve_case,
    make_case,
    make_event,
    make_jpeg,
    make_key,
    make_network,
    make_partner,
)

pytestmark = pytest.mark.django_db(transaction=True)
CAPTION = picturing.Caption(alt={"en": "A lake"}, credit="", licence="")


@pytest.fixture
def network(transactional_db, tmp_path: Path, settings):
    settings.LEDGER_DIR = tmp_path / "ledger"
    settings.PHOTO_WIDTHS = (100,)
    install(trial=True, at=timezone.now())
    return make_network()


def after_a_backup(folder: Path, happens) -> None:
    """Back up, let it happen, and restore the day before."""
    relay()  # what came before it is in the ledger before it
    out = StringIO()
    call_command("backup", folder / "backups", stdout=out)
    happens()
    relay()  # the ledger is a consumer: rung at once
    connections.close_all()
    call_command("restore", Path(out.getvalue().strip()), stdout=StringIO())


def status_of(case: Case) -> int:
    return Client().get(f"/api/v1/cases/{case.public_id}/").status_code


def test_what_was_narrowed_waits_for_somebody_to_look(network, tmp_path):
    case = make_case(network, alias="Baran", name="Open Name", name_fa="نام باز")
    other = make_case(network, name="Other Name", name_fa="نام دیگر")
    assert (status_of(case), status_of(other)) == (200, 200)

    def narrows() -> None:
        now = timezone.now()
        said = consenting.Consent(given_by="family", scopes=("alias", "narrative"), expires_at=now + timedelta(days=9))
        consenting.record_consent(case.pk, said, by=network.writer, at=now)
        approve_case(network, case)

    after_a_backup(tmp_path, narrows)
    assert (status_of(case), status_of(other)) == (410, 200)
    assert Case.objects.get(pk=case.pk).embargo_until > timezone.now() + timedelta(days=300)
    approve_case(network, case)  # whoever looks again does not show it by that alone
    assert status_of(case) == 410


def test_an_embargo_set_since_holds_and_one_lifted_since_is_lifted(network, tmp_path):
    held = make_case(network, name="Held Name", name_fa="نام یک")
    freed = make_case(network, name="Freed Name", name_fa="نام دو")
    now = timezone.now()
    publishing.embargo(freed.pk, until=now + timedelta(days=3), by=network.writer, at=now)

    def happens() -> None:
        publishing.embargo(held.pk, until=now + timedelta(hours=1), by=network.writer, at=now)
        publishing.embargo(freed.pk, until=None, by=network.writer, at=now)

    after_a_backup(tmp_path, happens)
    assert status_of(held) == 410
    assert Case.objects.get(pk=freed.pk).embargo_until is None


def test_what_was_taken_off_or_back_stays_so(network, tmp_path):
    case = make_case(network, name="Off Name", name_fa="نام یک")
    told = make_case(network, name="Told Name", name_fa="نام دو")
    make_event(network, told, words={"en": "Planted event."})
    row = TimelineEvent.objects.get(case=told)

    def happens() -> None:
        publishing.unpublish(case.pk, by=network.writer, at=timezone.now())
        telling.take_back("event", row.pk, by=network.writer, at=timezone.now())

    after_a_backup(tmp_path, happens)
    assert status_of(case) == 410
    assert "Planted event" not in Client().get(f"/api/v1/cases/{told.public_id}/").content.decode()


@pytest.mark.parametrize("change", ["blurred", "removed"])
def test_a_photograph_changed_or_removed_is_not_shown_again(network, tmp_path, change):
    case = make_case(network, scopes=("name", "narrative", "photo"))
    photo = picturing.add(case.pk, make_jpeg((200, 150)), CAPTION, by=network.writer, at=timezone.now())
    digest = part_of_photo(Photo.objects.get()).digest
    picturing.approve(photo.pk, digest=digest, by=network.approver, at=timezone.now())
    address = f"/photos/{photo.token}-100.webp"
    assert Client().get(address).status_code == 200

    def happens() -> None:
        now = timezone.now()
        if change == "removed":
            picturing.remove(photo.pk, by=network.writer, at=now)
        else:
            picturing.change(photo.pk, CAPTION, blurred=[[0, 0, 50, 50]], by=network.writer, at=now)

    after_a_backup(tmp_path, happens)
    assert Client().get(address).status_code == 410
    assert Photo.objects.get().removed_at is not None
    assert status_of(case) == 200


def test_a_partners_grant_and_a_link_taken_back_stay_so(network, tmp_path):
    case = make_case(network, partners=("name", "narrative"))
    other = make_case(network, name="Other Name", name_fa="نام دیگر")
    partner, now = make_partner(network), timezone.now()
    for person in (network.writer, network.approver):
        promote(partner.pk, by=person, at=now)
    partner.refresh_from_db()
    grant = granting.propose(
        case.pk, partner, licence="Read.", expires_at=now + timedelta(days=9), by=network.writer, at=now
    )
    granting.agree(grant.pk, by=network.approver, at=now)
    link = linking.link(case.pk, other.pk, kind="co_defendant", by=network.writer, at=now)
    linking.verify(link.pk, by=network.approver, at=now)
    key = make_key(partner)

    def granted() -> int:
        answer = Client(headers={"Authorization": f"Bearer {key}"}).get("/api/v1/organisation/cases/")
        return len(answer.json()["results"])

    assert granted() == 1

    def happens() -> None:
        granting.revoke(grant.pk, by=network.writer, at=timezone.now())
        linking.unlink(link.pk, by=network.writer, at=timezone.now())

    after_a_backup(tmp_path, happens)
    assert granted() == 0
    assert CaseGrant.objects.get().revoked_at is not None
    assert CaseLink.objects.get().superseded_at is not None


def test_an_alarm_and_a_consent_that_only_the_later_database_knew_stay_so(network, tmp_path):
    alarmed, ended = make_case(network), make_case(network, name="Other Name", name_fa="نام دیگر")
    assert (status_of(alarmed), status_of(ended)) == (200, 200)

    def happens() -> None:
        now = timezone.now()
        documenting.assess(
            alarmed.pk, risk="high", valid_until=now + timedelta(days=9), by=network.approver, at=timezone.now()
        )
        scopes = tuple(ended.consents.get().scopes)
        said = consenting.Consent(given_by="family", scopes=scopes, expires_at=now + timedelta(days=99))
        renewed, _code = consenting.record_consent(ended.pk, said, by=network.writer, at=now)
        silencing.withdraw_consent(renewed.pk, by=None, at=timezone.now())
        assert (status_of(alarmed), status_of(ended)) == (410, 410)

    after_a_backup(tmp_path, happens)
    assert (status_of(alarmed), status_of(ended)) == (410, 410)


def test_words_that_were_changed_do_not_come_back_as_they_were(network, tmp_path):
    case, untouched = make_case(network), make_case(network, name="Other Name", name_fa="نام دیگر")

    def happens() -> None:
        less = {"who": "Somebody", "summary": "{person} is in prison.", "story": ""}
        telling.write(case.pk, {"en": less}, by=network.writer, at=timezone.now())
        approve_case(network, case)
        assert status_of(case) == 200

    after_a_backup(tmp_path, happens)
    assert (status_of(case), status_of(untouched)) == (410, 200)
