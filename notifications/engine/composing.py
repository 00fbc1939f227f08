"""Composing: headers and two parts become the bytes that go on the wire."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import cache

from django.conf import settings

from notifications.channels.contract import Message, dotted, ended


def compose(
    *,
    recipient: str,
    subject: str,
    text: str,
    html: str,
    message_id: str,
    at: datetime,
    unsubscribe_url: str = "",
    language: str,
    sender: str = "",
) -> Message:
    """RFC 5322 bytes, CRLF, two parts. Raises ValueError when a header value holds a line break: never folded away.

    unsubscribe_url: adds List-Unsubscribe and List-Unsubscribe-Post (RFC 8058).
    """
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender or settings.DEFAULT_FROM_EMAIL
    mail["To"] = recipient
    mail["Subject"] = subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = message_id
    mail["Auto-Submitted"] = "auto-generated"
    if unsubscribe_url:
        mail["List-Unsubscribe"] = f"<{unsubscribe_url}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(text, cte="quoted-printable")
    mail.add_alternative(html, subtype="html", cte="quoted-printable")
    mail["Content-Language"] = language  # last: setting the content clears every Content- header
    return Message(recipient, ended(dotted(mail.as_bytes())))


@cache
def _key(secret: str) -> bytes:
    return hashlib.blake2b(secret.encode(), person=b"message ids").digest()


def message_id(kind: str, row_id: int) -> str:
    """The same row always has the same Message-ID, so a repeated mail is recognisable; the id itself is hidden."""
    return f"<{ids_of(kind)(row_id)}>"


def ids_of(kind: str) -> Callable[[int], str]:
    """Makes the ids of one kind of row, without their brackets."""
    begun = hashlib.blake2b(f"{kind}:".encode(), digest_size=16, key=_key(settings.SECRET_KEY))
    after = f"@{parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition('@')[2] or 'localhost'}"

    def made(row_id: int) -> str:
        digest = begun.copy()
        digest.update(b"%d" % row_id)
        return digest.hexdigest() + after

    return made
