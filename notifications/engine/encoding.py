"""Encoding: a slot's value as its place in the message needs it, and no way out of that place.

A body is quoted-printable. A slot in it stands between two soft line breaks, so that whatever length its value has, no line
gets longer than 76 characters; whoever reads the mail sees no break there.
"""

from __future__ import annotations

import re
from base64 import b64encode
from binascii import b2a_qp
from html import escape

BREAK = b"=\r\n"
LINE = 76
WORD_BYTES = 39  # of UTF-8 in one encoded word: 52 characters of base64, 73 with what stands round them and "Subject: "
# What may stand in a quoted-printable line as it is, whatever is before or after it, and short enough for one line.
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ,'()*+/:?_-]{0,58}[A-Za-z0-9]|[A-Za-z0-9]").fullmatch
_NO_HEADER = re.compile(r"[\r\n\x00]").search
_ADDRESS = re.compile(r"[^\x00-\x20<>@\x7f]+@[^\x00-\x20<>@\x7f]+").fullmatch


class CannotCarry(ValueError):
    """The protocol has no way to carry this value in this place."""


def body(text: str) -> bytes:
    """Quoted-printable, CRLF, lines of at most 76 characters; nothing after the last line that was not in the text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # a lone CR may not travel
    return b2a_qp(text.encode(), istext=True).replace(b"\n", b"\r\n")


def slot_in_text(value: str) -> bytes:
    """For the plain part. Raises CannotCarry for a line break: a name has none."""
    if _PLAIN(value):
        return value.encode()
    if _NO_HEADER(value):
        raise CannotCarry("a slot's value holds a line break")
    return _inside(value)


def slot_in_html(value: str) -> bytes:
    """For the formatted part: escaped, and its direction its own."""
    if _PLAIN(value) and "'" not in value:
        return b"<bdi>%b</bdi>" % value.encode()
    if _NO_HEADER(value):
        raise CannotCarry("a slot's value holds a line break")
    return _inside(f"<bdi>{escape(value)}</bdi>")


def _inside(value: str) -> bytes:
    """Every dot written out: a slot begins a line, and SMTP knows a dot there."""
    encoded = b2a_qp(value.replace(".", "\0").encode(), istext=True).replace(b"\n", b"\r\n")
    return encoded.replace(b"=00", b"=2E")


def slot_in_link(token: bytes) -> bytes:
    """The end of an address: letters, digits, "-", "_" and ":" only, in lines that fit."""
    if len(token) < LINE:
        return token
    return BREAK.join(token[place : place + LINE - 1] for place in range(0, len(token), LINE - 1))


def words(text: str) -> bytes:
    """RFC 2047, for a header that is read by people: encoded words that never part a character, folded."""
    if _NO_HEADER(text):
        raise CannotCarry("a header's value holds a line break")
    found, run = [], b""
    for character in text:
        letter = character.encode()
        if len(run) + len(letter) > WORD_BYTES:
            found.append(run)
            run = b""
        run += letter
    if run:
        found.append(run)
    return b"\r\n ".join(b"=?utf-8?b?%b?=" % b64encode(one) for one in found)


def address(value: str) -> bytes:
    """For a header. Raises CannotCarry for what could end the line or the brackets; whether a relay takes it is the channel's
    to say."""
    if not _ADDRESS(value):
        raise CannotCarry("an address that could end its line")
    return value.encode()
