"""Django's own mail road, closed: whatever is not a Notice or a Delivery would go round suppression and the log."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class RefusingBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise RuntimeError("mail leaves as a Notice or a Delivery: use notifications.flows.noticing")
