"""Carrying: which session takes the messages of a channel to where they go."""

from __future__ import annotations

from django.conf import settings

from network.models import ContactConsent
from notifications.channels.contract import Session
from notifications.channels.kept import KeptSession
from notifications.channels.provider import ProviderSession
from notifications.channels.smtp import SmtpSession

Channel = ContactConsent.Channel
KEPT_HERE = (Channel.INBOX, Channel.FEED)  # nothing leaves: the reader comes


def session_for(channel: str) -> type[Session]:
    if channel in KEPT_HERE:
        return KeptSession
    return ProviderSession if settings.MAIL_THROUGH == "provider" else SmtpSession
