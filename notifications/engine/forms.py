"""Form: a message that differs from reader to reader only in its slots, MIME-encoded once, filled by one bytes-format.

Python's email package makes the headers and the frame, with marks where something is to be put; the bodies and the slots are
encoded here, because a slot's encoding must not depend on what stands beside it.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

from network.languages import apart
from notifications.channels.contract import dotted, ended
from notifications.engine import encoding

NAME, TOKEN = "name", "token"  # what a text may hold as a slot


# Which of the values `fill` is given, and how it is put into its place.
ADDRESS, READER, SIGNED, ID = range(4)
Put = tuple[int, Callable[[Any], bytes]]
IN_HTML: Put = (READER, encoding.slot_in_html)
IN_LINK: Put = (SIGNED, encoding.slot_in_link)
IN_HEADER: Put = (SIGNED, bytes)
IN_SUBJECT: Put = (READER, encoding.words)
TO: Put = (ADDRESS, encoding.address)
MESSAGE_ID: Put = (ID, str.encode)


def _in_text(language: str) -> Put:
    return READER, lambda name: encoding.slot_in_text(apart(name, language))


class Form:
    """`fill` makes the bytes of one message as they go on the wire (see channels.contract.Message). No slot can make a line
    begin with a dot, so the dots are doubled once, here. Raises encoding.CannotCarry for a value that has no way in."""

    def __init__(self, template: bytes, slots: tuple[Put, ...]) -> None:
        self._template = ended(dotted(template))
        # Most slots stand more than once; each is encoded once.
        self._kinds = tuple(dict.fromkeys(slots))
        self._places = tuple(self._kinds.index(slot) for slot in slots)

    def fill(self, address: str, name: str, token: bytes, message_id: str) -> bytes:
        """token: the letters of the one that unsubscribes; message_id: without its brackets."""
        values = (address, name, token, message_id)
        encoded = [encode(values[which]) for which, encode in self._kinds]
        return self._template % tuple([encoded[place] for place in self._places])


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a form says, and in which language. subject, text and html hold marks where slots are: {slot name: mark}."""

    language: str
    subject: str
    text: str
    html: str
    marks: Mapping[str, str]


def form_of(
    words: Words,
    *,
    sender: str,
    unsubscribe: Callable[[str], str] | None,
    language: str,
    at: datetime,
    is_personal: bool = False,
) -> Form:
    """A form ready to be filled. unsubscribe: the address at which a token unsubscribes, exactly as it answers, because whoever
    presses the button of a mailbox follows no redirect; None: there is nothing to unsubscribe from. is_personal: no machine wrote
    it."""
    nonce = secrets.token_hex(8)
    mail = EmailMessage(policy=SMTP.clone(max_line_length=None))
    mail["From"] = sender
    mail["To"] = f"to{nonce}@slot.invalid"
    mail["Subject"] = f"subject{nonce}"
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<id{nonce}@slot.invalid>"
    if not is_personal:
        mail["Auto-Submitted"] = "auto-generated"
    if unsubscribe is not None:
        mail["List-Unsubscribe"] = f"<{unsubscribe(f'token{nonce}')}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(f"text{nonce}", cte="7bit")
    mail.add_alternative(f"html{nonce}", subtype="html", cte="7bit")
    mail["Content-Language"] = language
    frame = mail.as_bytes().replace(b"Content-Transfer-Encoding: 7bit", b"Content-Transfer-Encoding: quoted-printable")
    subject, in_subject = _subject(words)
    text, in_text = _body(words.text, words.marks, {NAME: _in_text(words.language), TOKEN: IN_LINK})
    html, in_html = _body(words.html, words.marks, {NAME: IN_HTML, TOKEN: IN_LINK})
    parts: list[tuple[bytes, bytes, tuple[Put, ...]]] = [
        (f"to{nonce}@slot.invalid".encode(), b"%b", (TO,)),
        (f"subject{nonce}".encode(), subject, in_subject),
        (f"id{nonce}@slot.invalid".encode(), b"%b", (MESSAGE_ID,)),
        (f"token{nonce}".encode(), b"%b", (IN_HEADER,)),
        (f"text{nonce}\r\n".encode(), text, in_text),
        (f"html{nonce}\r\n".encode(), html, in_html),
    ]
    return _filled_in(frame, [part for part in parts if part[0] in frame])


def _filled_in(frame: bytes, parts: list[tuple[bytes, bytes, tuple[Put, ...]]]) -> Form:
    """Put each part where its mark stands, in whatever order the marks come."""
    parts = sorted(parts, key=lambda part: frame.index(part[0]))
    template = b""
    slots: list[Put] = []
    for mark, content, found in parts:
        before, _mark, frame = frame.partition(mark)
        template += before.replace(b"%", b"%%") + content
        slots += found
    return Form(template + frame.replace(b"%", b"%%"), tuple(slots))


def _subject(words: Words) -> tuple[bytes, tuple[Put, ...]]:
    pieces = _split(words.subject, words.marks)
    if not any(is_slot for _piece, is_slot in pieces):
        return _header(words.subject).replace(b"%", b"%%"), ()
    found = [b"%b" if is_slot else encoding.words(piece) for piece, is_slot in pieces if piece]
    return b"\r\n ".join(found), tuple(IN_SUBJECT for _piece, is_slot in pieces if is_slot)


def _header(text: str) -> bytes:
    """As it is where it fits a line and needs no encoding; else in encoded words."""
    is_plain = text.isascii() and text.isprintable() and len(text) <= encoding.LINE - 10 and "=?" not in text
    return text.encode() if is_plain else encoding.words(text)


def _body(text: str, marks: Mapping[str, str], slots: Mapping[str, Put]) -> tuple[bytes, tuple[Put, ...]]:
    by_mark = {mark: slots[name] for name, mark in marks.items()}
    text = text if text.endswith("\n") else f"{text}\n"
    lines, found = b"", []
    for piece, is_slot in _split(text, marks):
        if is_slot:
            lines += (encoding.BREAK if lines and not lines.endswith(b"\r\n") else b"") + b"%b" + encoding.BREAK
            found.append(by_mark[piece])
        else:
            lines += encoding.body(piece).replace(b"%", b"%%")
    return lines, tuple(found)


def _split(text: str, marks: Mapping[str, str]) -> list[tuple[str, bool]]:
    """[(words or a mark, whether it is a mark)], in order."""
    if not marks:
        return [(text, False)]
    pattern = re.compile(f"({'|'.join(re.escape(mark) for mark in marks.values())})")
    known = set(marks.values())
    return [(piece, piece in known) for piece in pattern.split(text) if piece or text == ""]
