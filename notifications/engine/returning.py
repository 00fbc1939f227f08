"""Returning: mail that came back, from the Maildir into which the operator's relay puts what is sent to MAIL_RETURN.

A notice of failure can be forged by anybody who knows an address, and would silence it. It is believed only where it quotes the
Message-ID of a mail that we sent to that very address lately: the id is a keyed hash, and only its reader has seen it.
"""

from __future__ import annotations

import logging
import mailbox
import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import Message
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F
from flufl.bounce import all_failures

from network.models.address import stored_form
from network.models.dialect import locked
from network.refusals import NotAnAddress
from notifications.channels.smtp.conversation import DEAD_MAILBOX_REPLIES
from notifications.engine.composing import ids_of
from notifications.flows import suppressing
from notifications.models import Chunk, Delivery, Letter, Notice, Suppression

logger = logging.getLogger(__name__)
MESSAGE_ID = re.compile(rb"\b[0-9a-f]{32}@[\w.-]+")
LATEST = 200  # mails to one address that are asked whether they are the one quoted
CAME_BACK = "returned"


def read_returned(*, at: datetime) -> int:
    """Take up to RETURNED_MAILS out of the Maildir; returns how many. Each is removed after what it said is committed, so a
    crash reads it twice, which changes nothing."""
    folder = settings.RETURNED_MAIL_DIR
    if folder is None or not Path(folder).is_dir():
        return 0
    box = mailbox.Maildir(folder, create=False)
    taken = 0
    for key in list(islice(box.iterkeys(), settings.RETURNED_MAILS)):
        try:
            with box.get_file(key) as file:
                content = file.read(settings.RETURNED_MAIL_BYTES + 1)
        except (KeyError, OSError):
            continue  # somebody else took it
        if len(content) <= settings.RETURNED_MAIL_BYTES:
            hear(content, at=at)
        box.discard(key)
        taken += 1
    return taken


@transaction.atomic
def hear(content: bytes, *, at: datetime) -> list[str]:
    """What a mail that came back says of whom; returns the addresses it was believed about."""
    try:
        mail = message_from_bytes(content)
        temporary, permanent = all_failures(mail)
    except Exception as error:  # whatever strangers can write: it must not hold up the next one
        logger.warning("a mail that came back cannot be read: %s", type(error).__name__)
        return []
    quoted = set(MESSAGE_ID.findall(content))
    statuses = dict(_statuses(mail))
    believed = []
    for address in sorted(_addresses(temporary | permanent)):
        if not _was_ours(address, quoted, at=at):
            continue
        believed.append(address)
        is_dead = (
            address.encode() in permanent and statuses.get(address, DEAD_MAILBOX_REPLIES[0]) in DEAD_MAILBOX_REPLIES
        )
        if is_dead:
            suppressing.suppress(address, Suppression.Reason.HARD_BOUNCE, source=CAME_BACK, at=at)
        else:
            suppressing.note_soft_bounces([address], source=CAME_BACK, at=at)
        if address.encode() in permanent:
            tell_the_truth(address, quoted, at=at)
    return believed


def _addresses(found: Iterable[bytes]) -> Iterator[str]:
    for one in found:
        try:
            yield stored_form(one.decode("ascii"))
        except (UnicodeDecodeError, NotAnAddress):
            continue


def _statuses(mail: Message) -> Iterator[tuple[str, bytes]]:
    """(address, enhanced status such as 5.1.1) of each recipient a delivery status report speaks of."""
    for part in mail.walk():
        if part.get_content_type() != "message/delivery-status" or not part.is_multipart():
            continue
        for block in part.get_payload():
            recipient = str(block.get("final-recipient", block.get("original-recipient", "")))  # type: ignore[union-attr]
            status = re.match(r"\s*(\d\.\d{1,3}\.\d{1,3})", str(block.get("status", "")))  # type: ignore[union-attr]
            if status:
                for address in _addresses([recipient.rpartition(";")[2].strip().encode("ascii", "replace")]):
                    yield address, status.group(1).encode()


def _was_ours(address: str, quoted: set[bytes], *, at: datetime) -> bool:
    since = at - timedelta(days=settings.RETURNED_MAIL_DAYS)
    notices = Notice.objects.filter(address=address, settled_at__gte=since).order_by("-settled_at")
    id_of = ids_of("notice")
    if any(id_of(pk).encode() in quoted for pk in notices.values_list("pk", flat=True)[:LATEST]):
        return True
    return bool(_quoted_deliveries(address, quoted, since=since) or _quoted_letters(address, quoted, since=since))


def _quoted_deliveries(address: str, quoted: set[bytes], *, since: datetime) -> list[int]:
    rows = Delivery.objects.filter(person__email=address, settled_at__gte=since).order_by("-settled_at")
    id_of = ids_of("delivery")
    return [pk for pk in rows.values_list("pk", flat=True)[:LATEST] if id_of(pk).encode() in quoted]


def _quoted_letters(address: str, quoted: set[bytes], *, since: datetime) -> list[int]:
    rows = Letter.objects.filter(lane__mailbox=address, settled_at__gte=since).order_by("-settled_at")
    id_of = ids_of("letter")
    return [pk for pk in rows.values_list("pk", flat=True)[:LATEST] if id_of(pk).encode() in quoted]


def tell_the_truth(address: str, quoted: set[bytes], *, at: datetime) -> None:
    """What was called sent and came back was not: its row says so, and of a delivery its chunk's counts."""
    since = at - timedelta(days=settings.RETURNED_MAIL_DAYS)
    ids = _quoted_deliveries(address, quoted, since=since)
    letters = _quoted_letters(address, quoted, since=since)
    Letter.objects.filter(pk__in=letters, state=Letter.State.SENT).update(state=Letter.State.BOUNCED, reason=CAME_BACK)
    for row in locked(Delivery.objects.filter(pk__in=ids, state=Delivery.State.SENT)):
        Delivery.objects.filter(pk=row.pk).update(state=Delivery.State.BOUNCED, reason=CAME_BACK)
        Chunk.objects.filter(pk=row.chunk_id).update(sent_count=F("sent_count") - 1, failed_count=F("failed_count") + 1)
