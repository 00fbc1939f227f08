"""The contract of what is done twice for two databases; runs on whichever the tests run on."""

import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from network.models import Consumer, Membership, Organisation
from network.models.dialect import claimable, database_now, holds_alone, is_postgresql, locked, snapshot
from tests.makers import make_person


def in_other_connection(work) -> list:
    """Run `work` in a thread with its own connection; its result, or the error, in a list."""
    found: list = []

    def run() -> None:
        try:
            found.append(work())
        except Exception as error:
            found.append(type(error).__name__)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=10)
    return found


def short_transaction(work):
    """As another process would: it does not wait long for SQLite's one writer."""

    def run():
        with connection.cursor() as cursor:
            if not is_postgresql():
                cursor.execute("PRAGMA busy_timeout = 200")
        with transaction.atomic():
            return work()

    return run


@pytest.mark.django_db(transaction=True)
def test_only_one_transaction_holds_a_name():
    with transaction.atomic():
        assert holds_alone("bell") is True
        Consumer.objects.create(name="x")
        # PostgreSQL answers no; SQLite lets nobody else write at all.
        assert in_other_connection(short_transaction(lambda: holds_alone("bell"))) in ([False], ["OperationalError"])
    assert in_other_connection(short_transaction(lambda: holds_alone("bell"))) == [True]


@pytest.mark.django_db(transaction=True)
def test_a_claimed_row_is_nobody_elses():
    Consumer.objects.create(name="row")
    with transaction.atomic():
        assert claimable(Consumer.objects.filter(name="row")).first() is not None
        other = in_other_connection(short_transaction(lambda: claimable(Consumer.objects.filter(name="row")).first()))
        assert other in ([None], ["OperationalError"])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("may_refer", [False, True])
def test_whether_others_refer_to_a_locked_row_meanwhile_is_said(may_refer):
    """On PostgreSQL a row that may be deleted keeps what would refer to it waiting; others only keep out who changes them."""
    held = Organisation.objects.create(name="Held", kind=Organisation.Kind.PARTNER, created_at=timezone.now())
    person = make_person("member@people.example")

    def refer() -> str:
        if is_postgresql():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '200ms'")
        row = Membership(organisation=held, person=person, role="viewer", created_at=timezone.now())
        row.save()
        return row.role

    with transaction.atomic():
        rows = Organisation.objects.filter(pk=held.pk)
        assert locked(rows, others_may_refer=may_refer).get() == held
        other = in_other_connection(short_transaction(refer))
        assert other == (["viewer"] if may_refer and is_postgresql() else ["OperationalError"])


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_sees_the_same_rows_twice():
    Consumer.objects.create(name="first")
    with snapshot():
        before = Consumer.objects.count()
        in_other_connection(short_transaction(lambda: Consumer.objects.create(name="second").name))
        assert Consumer.objects.count() == before


def test_holding_a_name_outside_a_transaction_is_our_bug(transactional_db):
    with pytest.raises(ValueError, match="inside a transaction"):
        holds_alone("bell")


def test_the_databases_clock_is_aware_and_close_to_ours(db):
    assert abs((database_now() - timezone.now()).total_seconds()) < 60
