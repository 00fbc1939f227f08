"""On PostgreSQL the application's role cannot rewrite the audit. SQLite has no roles: there the file's owner can do all."""

from __future__ import annotations

import os
from contextlib import contextmanager

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from config.keeping import roles
from network.flows import erasing, sealing
from network.flows.relaying import relay
from network.models import AuditEntry, AuditHead, Person
from tests.makers import make_campaign, make_participation

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("postgres" not in os.environ.get("DATABASE_URL", ""), reason="SQLite has no roles"),
]


@pytest.fixture
def application():
    """A role that owns nothing, as DATABASE_URL would sign in as. Roles are the whole cluster's, so each database has its own."""
    role = f"app_in_{connection.settings_dict['NAME']}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP ROLE IF EXISTS {role}")
        cursor.execute(f"CREATE ROLE {role} NOLOGIN")
    roles.keep(role)
    yield role
    with connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {role}")
        cursor.execute(f"DROP ROLE {role}")


@contextmanager
def signed_in_as(role):
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {role}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE network_auditentry SET name = 'Nothing'",
        "DELETE FROM network_auditentry",
        "TRUNCATE network_auditentry",
        "UPDATE network_audithead SET seal = ''",
        "DELETE FROM network_audithead",
        "TRUNCATE network_audithead",
        "DROP TABLE network_auditentry",
        "ALTER TABLE network_auditentry DISABLE TRIGGER ALL",
    ],
)
def test_the_application_cannot_rewrite_the_audit(network, broker, application, statement):
    make_participation(make_campaign(network), "signer@people.example")
    relay()
    sealing.write_head(at=timezone.now())
    before = list(AuditEntry.objects.order_by("position").values_list("seal", flat=True))
    assert before
    with (
        signed_in_as(application),
        pytest.raises(ProgrammingError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert list(AuditEntry.objects.order_by("position").values_list("seal", flat=True)) == before
    assert AuditHead.objects.count() == 1


def test_the_application_does_all_its_work_as_that_role(network, broker, application):
    with signed_in_as(application):
        row = make_participation(make_campaign(network), "signer@people.example")
        relay()
        assert sealing.first_broken() is None
        assert AuditEntry.objects.filter(name="ParticipationConfirmed").count() == 1
        sealing.write_head(at=timezone.now())
        erasing.erase(row.person, at=timezone.now())
        assert not Person.objects.filter(pk=row.person_id).exists()
        relay()
        assert AuditEntry.objects.filter(name="PersonErased").exists()
