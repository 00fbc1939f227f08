"""The journal: what was accepted outlives who was told, belongs to one lease, and cannot be mistaken for another's."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone

from config.environment import BASE_DIR
from notifications.channels.contract import ChannelAway
from notifications.engine import dispatching, journalling, leasing
from notifications.engine.journalling import ENTRY, Journal
from notifications.models import Alert, Chunk, Delivery
from tests.makers import make_alert, make_campaign
from tests.notifications.test_opening import open_fully


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.JOURNAL_DIR = tmp_path / "journal"
    return settings.JOURNAL_DIR


@pytest.fixture
def opened(network):
    alert = make_alert(network, make_campaign(network), audience=6)
    open_fully(alert)
    return alert


def lost_after(held, rows: list[int]) -> None:
    """As a worker killed after these rows were accepted: its file stays, its lease runs out."""
    journal = Journal()
    for row in rows:
        journal.note(held.chunk.pk, held.token, row)
    journal.keep()
    journal.close()
    Chunk.objects.filter(pk=held.chunk.pk).update(leased_until=timezone.now() - timedelta(seconds=1))


def test_what_was_kept_is_read_back_and_a_torn_end_is_nothing(folder):
    journal = Journal()
    journal.note(1, 5, 100)
    journal.note(1, 5, 101)
    journal.note(2, 5, 102)
    journal.keep()
    path = next(folder.glob("*.journal"))
    with path.open("ab") as file:
        file.write(ENTRY.pack(1, 5, 103)[:-3])
    assert journalling.accepted(1, 5) == [100, 101]
    assert journalling.accepted(1, 6) == []
    journal.close()


def test_each_worker_has_a_file_of_its_own_and_a_left_one_is_not_emptied(folder):
    first, second = Journal(), Journal()
    first.note(1, 1, 1)
    first.keep()
    first.close()
    third = Journal()  # the first's file lies there with something in it: another is taken
    third.note(9, 9, 9)
    third.keep()
    third.clear()
    assert journalling.accepted(1, 1) == [1] and journalling.accepted(9, 9) == []
    second.close()
    third.close()
    assert journalling.sweep(lambda leases: leases == {(1, 1)}) == 1
    assert journalling.accepted(1, 1) == []


@pytest.mark.django_db
def test_who_takes_over_sends_only_what_was_not_accepted(opened, mailbox):
    held = leasing.lease()
    rows = list(Delivery.objects.filter(chunk=held.chunk).order_by("pk").values_list("pk", flat=True))
    lost_after(held, rows[:2])
    while dispatching.dispatch():
        pass
    got = {mail["To"] for mail in mailbox.mails()}
    before = set(Delivery.objects.filter(pk__in=rows[:2]).values_list("person__email", flat=True))
    assert not got & before and len(got) == 6 - 2
    assert set(Delivery.objects.of(opened).values_list("state", flat=True)) == {"sent"}
    assert sum(Chunk.objects.filter(alert=opened).values_list("sent_count", flat=True)) == 6


@pytest.mark.django_db
def test_a_cancelled_alert_says_truly_what_had_left(opened, mailbox):
    from notifications.tasks import sweep

    held = leasing.lease()
    rows = list(Delivery.objects.filter(chunk=held.chunk).order_by("pk").values_list("pk", flat=True))
    lost_after(held, rows[:1])
    Alert.objects.filter(pk=opened.pk).update(state=Alert.State.CANCELLED)
    sweep()
    states = dict(Delivery.objects.of(opened).values_list("pk", "state"))
    assert states.pop(rows[0]) == "sent" and set(states.values()) == {"dropped"}


@pytest.mark.django_db
def test_another_volume_waits_one_lease_longer(opened, settings, tmp_path):
    held = leasing.lease()
    Chunk.objects.exclude(pk=held.chunk.pk).delete()
    lost_after(held, [])
    settings.JOURNAL_DIR = tmp_path / "another"
    assert leasing.lease() is None
    longer = timezone.now() - timedelta(seconds=settings.LEASE_SECONDS + 1)
    Chunk.objects.filter(pk=held.chunk.pk).update(leased_until=longer)
    assert leasing.lease().chunk.pk == held.chunk.pk


@pytest.mark.django_db
def test_a_lease_of_before_a_restore_is_never_taken_for_one_of_today(opened):
    first = leasing.lease()
    Chunk.objects.filter(pk=first.chunk.pk).update(token=0, leased_until=None)  # as the backup had it
    again = next(held for held in iter(leasing.lease, None) if held.chunk.pk == first.chunk.pk)
    assert again.token > first.token


@pytest.mark.django_db
def test_when_it_cannot_be_written_nothing_more_is_sent(opened, mailbox, monkeypatch):
    def full(self) -> None:
        if self._waiting:
            self._waiting = []
            raise ChannelAway("journal-OSError")

    monkeypatch.setattr(Journal, "keep", full)
    dispatching.dispatch()
    sent = Delivery.objects.of(opened).filter(state="sent").count()
    assert sent == len(mailbox.mails()) < 6  # what had been accepted is marked all the same
    assert Chunk.objects.filter(alert=opened).exclude(leased_until=None).count() == 0


def test_a_full_disk_is_a_no_and_no_crash(folder):
    """A real limit, in a process of its own."""
    script = (
        "import resource, signal\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "import django; django.setup()\n"
        "from notifications.engine.journalling import Journal\n"
        "from notifications.channels.contract import ChannelAway\n"
        "journal = Journal()\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (48, 48))\n"
        "said = []\n"
        "for row in range(4):\n"
        "    journal.note(1, 1, row)\n"
        "    try:\n"
        "        journal.keep()\n"
        "    except ChannelAway as gone:\n"
        "        said.append(gone.reason)\n"
        "print(said)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=BASE_DIR,
        env={**os.environ, "JOURNAL_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "['journal-OSError', 'journal-OSError']"


def test_after_half_a_write_the_next_entries_stand_straight(folder, monkeypatch):
    journal, write = Journal(), os.write
    monkeypatch.setattr(os, "write", lambda file, entries: write(file, entries[:-7]))
    journal.note(1, 5, 100)
    journal.note(1, 5, 101)
    with pytest.raises(ChannelAway, match="full"):
        journal.keep()
    monkeypatch.undo()
    journal.note(1, 5, 102)
    journal.keep()
    journal.close()
    assert journalling.accepted(1, 5) == [100, 102]


@pytest.mark.django_db
def test_a_journal_nobody_can_read_holds_up_its_own_chunk_only(opened, mailbox, monkeypatch):
    held = leasing.lease()
    rows = list(Delivery.objects.filter(chunk=held.chunk).values_list("pk", flat=True))
    lost_after(held, rows[:1])

    def unreadable(chunk_id: int, token: int) -> list[int]:
        raise PermissionError

    monkeypatch.setattr(journalling, "accepted", unreadable)
    dispatching.dispatch()
    assert Delivery.objects.filter(chunk=held.chunk, state="queued").count() == len(rows)
    others = Delivery.objects.exclude(chunk=held.chunk)
    assert others.exists() and set(others.values_list("state", flat=True)) == {"sent"}
    monkeypatch.undo()
    while dispatching.dispatch():
        pass
    assert len(mailbox.mails()) == 5  # one of the six had been accepted
