"""Greeting: a connection opened, encrypted and signed in, as the relay asks for; from then on it is ours byte by byte."""

from __future__ import annotations

import contextlib
import smtplib
import socket
import ssl
from dataclasses import dataclass

from django.conf import settings

from notifications.channels.contract import ChannelAway


@dataclass(frozen=True)
class Greeted:
    """A socket on which the next thing said is MAIL, and what the relay can do."""

    sock: socket.socket
    pipelining: bool  # RFC 2920: commands may follow each other without waiting
    eight_bit: bool  # RFC 6152


def greet() -> Greeted:
    """Open a connection to the configured relay; blocks for SMTP_TIMEOUT_SECONDS at most each step. Raises ChannelAway."""
    client = None
    try:
        client = _called()
        client.ehlo_or_helo_if_needed()
        if settings.SMTP_TLS == "starttls":
            client.starttls(context=ssl.create_default_context())  # without a context nothing is verified
            client.ehlo()
        if settings.SMTP_USER:
            client.login(settings.SMTP_USER, settings.SMTP_PASSWORD)
    except (OSError, smtplib.SMTPException) as error:
        if client is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                client.close()
        raise ChannelAway(f"connect-{type(error).__name__}"[:40]) from None
    sock = client.sock
    if sock is None:
        raise ChannelAway("connect-closed")
    client.sock = None  # it is ours now; the client must not close it when it is collected
    client.file = None
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.setblocking(False)
    return Greeted(sock, client.has_extn("pipelining"), client.has_extn("8bitmime"))


def _called() -> smtplib.SMTP:
    where, seconds = (settings.SMTP_HOST, settings.SMTP_PORT), settings.SMTP_TIMEOUT_SECONDS
    if settings.SMTP_TLS == "implicit":
        return smtplib.SMTP_SSL(*where, timeout=seconds, context=ssl.create_default_context())
    return smtplib.SMTP(*where, timeout=seconds)
