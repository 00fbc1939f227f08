"""Composing: headers and two parts become the bytes that go on the wire."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from django.conf import settings

from notifications.channels.contract import Message


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
    return Message(recipient=recipient, content=mail.as_bytes())


def message_id(kind: str, row_id: int) -> str:
    """The same row always has the same Message-ID, so a repeated mail is recognisable; the id itself is hidden."""
    digest = hmac.new(settings.SECRET_KEY.encode(), f"{kind}:{row_id}".encode(), hashlib.sha256).hexdigest()[:32]
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{digest}@{domain}>"
