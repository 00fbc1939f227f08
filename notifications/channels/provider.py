"""Provider: mail through a provider's HTTP interface, by django-anymail, a slice at a time.

Nobody can ask such an interface afterwards whether it took a message whose answer was lost. So each slice is marked as handed
over before the first call; a message without an answer is uncertain, and somebody decides whether it goes again.
"""

from __future__ import annotations

import email
import email.policy
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage as Parsed
from typing import Any

from anymail.exceptions import (
    AnymailAPIError,
    AnymailConfigurationError,
    AnymailInvalidAddress,
    AnymailRecipientsRefused,
    AnymailUnsupportedFeature,
)
from anymail.message import AnymailMessage
from django.conf import settings
from django.core.mail import get_connection

from notifications.channels.contract import SENT, ChannelAway, Fate, Message, Outcome, Source

OURS = ("List-Unsubscribe", "List-Unsubscribe-Post", "Auto-Submitted", "Message-ID", "Content-Language")
LETTER = "letter"  # under which a provider's report echoes our id of a mail, whatever id it gives it itself
WITHOUT_ECHO = frozenset({"mailersend", "postal"})  # they take no such thing; what comes back of theirs only suppresses
BUSY, NOT_OURS = 429, frozenset({401, 402, 403, 404})  # too many requests; our account, and no message, is refused
LOOK_SECONDS = 0.1  # between two looks for more, while what there is may not leave yet
logger = logging.getLogger(__name__)


class ProviderSession:
    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(settings.PROVIDER_CONNECTIONS, thread_name_prefix="provider")
        self._own = threading.local()
        self._opened: list[Any] = []

    def run(self, source: Source) -> None:
        while True:
            messages = self._slice(source)
            if not messages:
                source.keep()
                if not source.is_waiting():
                    return
                threading.Event().wait(LOOK_SECONDS)
                continue
            given = source.hand_over(messages)
            away = ""
            for message, (outcome, reason) in zip(given, self._pool.map(self._give, given), strict=True):
                if outcome is None:  # not taken, and not for what it is: it stays queued
                    away = reason
                else:
                    source.tell(message, outcome)
            source.keep()
            if away:
                raise ChannelAway(away)

    @staticmethod
    def _slice(source: Source) -> list[Message]:
        messages: list[Message] = []
        while len(messages) < settings.PROVIDER_SLICE and (message := source.take()) is not None:
            messages.append(message)
        return messages

    def _give(self, message: Message) -> tuple[Outcome | None, str]:
        """What became of it; or None and why, when the provider takes nothing at present."""
        try:
            mail = _mail_of(message)
            mail.connection = self._connection()
            mail.send()
        except AnymailRecipientsRefused as refused:
            return Outcome(Fate.BOUNCED, "api-refused", is_address_dead=_is_dead(refused.email_message)), ""
        except (AnymailInvalidAddress, AnymailUnsupportedFeature):
            return Outcome(Fate.BOUNCED, "bad-address", is_reply=False), ""
        except AnymailConfigurationError:
            return None, "api-misconfigured"
        except AnymailAPIError as error:
            return _of_error(error)
        except (
            Exception
        ) as error:  # whatever it is, the others of the slice must be told; without details, which hold the address
            logger.error("a provider's library failed: %s", type(error).__name__)
            return Outcome(Fate.UNCERTAIN, "api-error", is_reply=False), ""
        return SENT, ""

    def _connection(self) -> Any:
        """One of each thread, kept open."""
        if not hasattr(self._own, "connection"):
            backend = f"anymail.backends.{settings.MAIL_PROVIDER}.EmailBackend"
            self._own.connection = get_connection(backend)
            self._own.connection.open()
            self._opened.append(self._own.connection)
        return self._own.connection

    def close(self) -> None:
        self._pool.shutdown()
        while self._opened:
            self._opened.pop().close()


def _of_error(error: AnymailAPIError) -> tuple[Outcome | None, str]:
    status = error.status_code
    if status is None:
        # It never reached the provider where no connection came about; else nobody knows.
        is_certain = "ConnectTimeout" in _causes(error) or "NewConnectionError" in _causes(error)
        return (None, "api-unreachable") if is_certain else (Outcome(Fate.UNCERTAIN, "no-answer", is_reply=False), "")
    reason = f"api-{status}"
    if status == BUSY or status in NOT_OURS:
        return None, reason
    if status >= 500 or status < 400:  # it may have been taken before whatever broke broke
        return Outcome(Fate.UNCERTAIN, reason), ""
    return Outcome(Fate.BOUNCED, reason), ""


def _causes(error: BaseException | None) -> str:
    """The kinds of error that led to it: the library under the library has no public name for them."""
    kinds = []
    while error is not None:
        kinds.append(f"{type(error).__name__} {error.args!r}")
        error = error.__cause__ or error.__context__
    return " ".join(kinds)


def _is_dead(mail: Any) -> bool:
    return bool(
        mail is not None and getattr(mail, "anymail_status", None) and mail.anymail_status.status == {"invalid"}
    )


def _mail_of(message: Message) -> AnymailMessage:
    """The same mail as a provider's interface takes it: in parts, not in bytes."""
    parsed = email.message_from_bytes(message.content, _class=Parsed, policy=email.policy.SMTP)
    text, html = parsed.get_body(("plain",)), parsed.get_body(("html",))
    mail = AnymailMessage(
        subject=str(parsed["Subject"]),
        body=text.get_content() if text else "",
        from_email=str(parsed["From"]),
        to=[message.recipient],
        headers={name: str(parsed[name]) for name in OURS if parsed[name]},
    )
    if html:
        mail.attach_alternative(html.get_content(), "text/html")
    mail.track_opens = mail.track_clicks = False
    if settings.MAIL_PROVIDER not in WITHOUT_ECHO and parsed["Message-ID"]:
        mail.metadata = {
            LETTER: str(parsed["Message-ID"]).strip("<>").partition("@")[0]
        }  # some take 80 letters at most
    return mail
