"""SMTP, step by step: one connection, one message, one reply at a time."""

from __future__ import annotations

import contextlib
import smtplib
import socket
import ssl
from email.utils import parseaddr

from django.conf import settings

from notifications.channels.contract import ChannelAway, Fate, Message, Outcome

# RFC 3463: permanent codes that say the mailbox itself is gone, not that this message displeased.
DEAD_MAILBOX_REPLIES = (b"5.1.1", b"5.1.2", b"5.1.6", b"5.1.10", b"5.2.1")


class SmtpSession:
    """A session with the configured relay. Opens on the first message, reconnects never: the engine does that."""

    def __init__(self) -> None:
        self._client: smtplib.SMTP | None = None

    def send(self, message: Message) -> Outcome:
        """One message. A "no" to the sender concerns every message, so it ends the session instead of bouncing one."""
        client = self._client or self._open()
        try:
            code, reply = client.mail(_envelope_sender(), ["BODY=8BITMIME"] if client.has_extn("8bitmime") else [])
            if code != 250:
                self.close()
                raise ChannelAway(f"sender-{code}")
            code, reply = client.rcpt(message.recipient)
            if code in (250, 251):
                code, reply = client.data(message.content)
                if code == 250:
                    return Outcome(Fate.SENT)
        except smtplib.SMTPDataError as error:
            code, reply = error.smtp_code, _bytes(error.smtp_error)
        except ValueError:  # an address or content this protocol cannot carry
            self._reset()
            return Outcome(Fate.BOUNCED, "bad-address")
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise ChannelAway(f"connection-{type(error).__name__}"[:40], tried=True) from None
        if code == 421:  # it is closing; what it said is about the session, and this message was tried
            self.close()
            raise ChannelAway("smtp-421", tried=True)
        self._reset()
        return _outcome(code, reply)

    def _open(self) -> smtplib.SMTP:
        try:
            client = smtplib.SMTP(settings.SMTP_HOST, settings.SMTP_PORT, timeout=settings.SMTP_TIMEOUT_SECONDS)
            client.ehlo_or_helo_if_needed()
            if settings.SMTP_TLS:
                client.starttls(context=ssl.create_default_context())  # without a context nothing is verified
                client.ehlo()
            if settings.SMTP_USER:
                client.login(settings.SMTP_USER, settings.SMTP_PASSWORD)
        except (OSError, smtplib.SMTPException) as error:
            raise ChannelAway(f"connect-{type(error).__name__}"[:40]) from None
        if client.sock is not None:
            client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._client = client
        return client

    def _reset(self) -> None:
        if self._client is not None:
            try:
                self._client.rset()
            except (OSError, smtplib.SMTPException):
                self.close()  # the answer to the message stands; the next one opens a new session

    def close(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                client.quit()


def _envelope_sender() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def _bytes(reply: bytes | str) -> bytes:
    return reply if isinstance(reply, bytes) else reply.encode()


def _outcome(code: int, reply: bytes) -> Outcome:
    reason = f"smtp-{code}"
    if 500 <= code < 600:
        return Outcome(Fate.BOUNCED, reason, is_address_dead=reply.startswith(DEAD_MAILBOX_REPLIES))
    return Outcome(Fate.DEFERRED, reason)
