"""Mail that comes back: believed only where it quotes a mail of ours, and then the progress page tells the truth too."""

from __future__ import annotations

import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.utils import timezone

from notifications.engine import returning
from notifications.engine.composing import ids_of
from notifications.flows import progressing
from notifications.flows.noticing import notify
from notifications.models import Delivery, Notice, SoftBounce, Suppression
from notifications.tasks import read_returned
from tests.makers import make_alert, make_campaign
from tests.notifications.test_dispatching import send_all
from tests.notifications.test_opening import open_fully

pytestmark = pytest.mark.django_db
MEMBER = "member-00000@people.example"
REPORT = """\
From: MAILER-DAEMON@relay.example (Mail Delivery System)
To: alerts@test.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="4F0C.1700000000/relay.example"

--4F0C.1700000000/relay.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host relay.example.

--4F0C.1700000000/relay.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example
Arrival-Date: Thu, 26 Nov 2026 10:00:00 +0000 (UTC)

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 said so

--4F0C.1700000000/relay.example
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

Subject: News
Message-ID: {message_id}

--4F0C.1700000000/relay.example--
"""


def report(message_id: str, *, address: str = MEMBER, action: str = "failed", status: str = "5.1.1") -> bytes:
    text = REPORT.format(address=address, action=action, status=status, message_id=message_id)
    return text.replace("\n", "\r\n").encode()


@pytest.fixture
def sent(network, mailbox):
    alert = make_alert(network, make_campaign(network), audience=3)
    open_fully(alert)
    send_all()
    return alert


def id_of(alert, address: str = MEMBER) -> str:
    return f"<{ids_of('delivery')(Delivery.objects.of(alert).get(person__email=address).pk)}>"


def test_a_mailbox_that_is_gone_is_suppressed_and_its_delivery_was_not_one(sent):
    assert returning.hear(report(id_of(sent)), at=timezone.now()) == [MEMBER]
    assert returning.hear(report(id_of(sent)), at=timezone.now()) == [MEMBER]  # read twice after a crash
    row = Suppression.objects.get()
    assert (row.address, row.reason, row.source) == (MEMBER, "hard_bounce", "returned")
    assert Delivery.objects.of(sent).get(person__email=MEMBER).state == "bounced"
    progress = progressing.progress_of(sent, at=timezone.now())
    assert (progress.sent, progress.failed, progress.left) == (2, 1, 0)


def test_the_id_in_the_wire_is_the_one_that_is_believed(sent, mailbox):
    [mail] = [mail for mail in mailbox.mails() if mail["To"] == MEMBER]
    assert returning.hear(report(mail["Message-ID"]), at=timezone.now()) == [MEMBER]


@pytest.mark.parametrize("forged", ["nothing", "another's", "guessed"])
def test_a_forged_report_silences_nobody(sent, forged):
    quoted = {
        "nothing": "",
        "another's": id_of(sent, "member-00001@people.example"),
        "guessed": f"<{'0' * 32}@test.example>",
    }[forged]
    assert returning.hear(report(quoted), at=timezone.now()) == []
    assert not Suppression.objects.exists()
    assert Delivery.objects.of(sent).filter(state="sent").count() == 3


def test_an_old_mail_is_believed_no_more(sent, settings):
    settings.RETURNED_MAIL_DAYS = 0
    assert returning.hear(report(id_of(sent)), at=timezone.now()) == []


@pytest.mark.parametrize(("action", "status", "state"), [("failed", "5.7.1", "bounced"), ("delayed", "4.4.1", "sent")])
def test_what_says_nothing_of_the_mailbox_is_a_day_of_refusing(sent, action, status, state):
    assert returning.hear(report(id_of(sent), action=action, status=status), at=timezone.now()) == [MEMBER]
    assert not Suppression.objects.exists()
    assert SoftBounce.objects.get().address == MEMBER
    assert Delivery.objects.of(sent).get(person__email=MEMBER).state == state


def test_a_notice_that_came_back_counts_too(db, mailbox):
    row = notify(Notice.Kind.RECEIPT, address=MEMBER, language="en", dedupe_key="one", at=timezone.now())
    Notice.objects.filter(pk=row.pk).update(state="sent", settled_at=timezone.now())
    assert returning.hear(report(f"<{ids_of('notice')(row.pk)}>"), at=timezone.now()) == [MEMBER]
    assert Suppression.objects.get().address == MEMBER


@pytest.mark.parametrize("content", [b"", b"\x00\xff" * 99, b"Content-Type: multipart/report; boundary=x\r\n\r\n--x"])
def test_what_strangers_write_holds_nothing_up(db, content):
    assert returning.hear(content, at=timezone.now()) == []


def test_the_maildir_is_read_and_emptied(sent, settings, tmp_path):
    settings.RETURNED_MAIL_DIR = tmp_path / "returned"
    read_returned()  # not there yet: nothing to do
    box = mailbox.Maildir(settings.RETURNED_MAIL_DIR, create=True)
    box.add(report(id_of(sent)))
    answer = EmailMessage()
    answer["Subject"] = "Out of office"
    answer.set_content("Back on Monday.")
    box.add(answer)
    box.add(report(id_of(sent, "member-00001@people.example")) + b"x" * settings.RETURNED_MAIL_BYTES)
    read_returned()
    assert [Suppression.objects.get().address] == [MEMBER]
    assert [path for path in Path(settings.RETURNED_MAIL_DIR).rglob("*") if path.is_file()] == []
