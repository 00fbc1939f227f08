"""Composing: headers and two parts become the bytes that go on the wire."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from email.utils import parseaddr
from functools import cache

from django.conf import settings

from notifications.channels.contract import Message
from notifications.engine import encoding
from notifications.engine.forms import Words, form_of


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
    is_personal: bool = False,
) -> Message:
    """RFC 5322 bytes, CRLF, two parts, of one message that nobody else gets. Raises ValueError when a header value holds a line
    break: never folded away.

    unsubscribe_url: adds List-Unsubscribe and List-Unsubscribe-Post (RFC 8058). message_id: without its brackets. is_personal: of
    somebody's own writing, so not marked as made by a machine (RFC 3834).
    """
    form = form_of(
        Words(language=language, subject=subject, text=text, html=html, marks={}),
        sender=sender or settings.DEFAULT_FROM_EMAIL,
        unsubscribe=(lambda _token: unsubscribe_url) if unsubscribe_url else None,
        language=language,
        at=at,
        is_personal=is_personal,
    )
    return Message(recipient, form.fill(recipient, "", b"", encoding.address(message_id).decode()))


@cache
def _key(secret: str) -> bytes:
    return hashlib.blake2b(secret.encode(), person=b"message ids").digest()


def place_of_ids() -> str:
    """What stands behind the @ in our Message-IDs."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def ids_of(kind: str) -> Callable[[int], str]:
    """Makes the Message-IDs of one kind of row, without their brackets. The same row always has the same, so a repeated mail is
    recognisable; the row's own id is hidden."""
    after = f"@{place_of_ids()}"
    begun = hashlib.blake2b(f"{kind}:".encode(), digest_size=16, key=_key(settings.SECRET_KEY))

    def made(row_id: int) -> str:
        digest = begun.copy()
        digest.update(b"%d" % row_id)
        return digest.hexdigest() + after

    return made
