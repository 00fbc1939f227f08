"""Signing in through allauth: codes by mail only, as Notices; no sign-up of its own; no IP address anywhere."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.languages import current_language
from network.models.address import stored_form
from network.open.client_key import client_key_or_random
from network.workspace.access import DONE
from notifications.flows.noticing import notify
from notifications.models import Notice

KINDS = {
    "account/email/login_code": Notice.Kind.SIGN_IN_CODE,
    "account/email/unknown_account": Notice.Kind.SIGN_IN_UNKNOWN,
}


CODE_SENT, RESEND = "account/messages/login_code_sent.txt", "resend"  # the library's names


class SignInAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("This code is not right. Look at the newest mail, or ask for another code."),
        "too_many_login_attempts": _("Too many tries. Please wait some minutes."),
        "rate_limited": _("Too many tries. Please wait some minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: joining is /join/, where nobody exists before a confirmation."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """A short-lived keyed hash, or a fresh random value for onion and loopback: never an address."""
        return client_key_or_random(request)

    def get_http_user_agent(self, request: HttpRequest) -> str:
        return "unspecified"

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Of what the library would say our pages say most themselves: what remains is why it said no, and that another code
        was sent."""
        if message:
            messages.add_message(request, level, message, extra_tags=DONE)
        elif message_template == CODE_SENT and request.POST.get("action") == RESEND:
            said = _("Another code is on its way, if the address is known here. Only the newest one works.")
            messages.success(request, said, extra_tags=DONE)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        notify(
            KINDS[template_prefix],
            address=stored_form(email),
            language=current_language(),
            dedupe_key=f"sign-in:{uuid4()}",
            payload={"code": context["code"]} if "code" in context else {},
            at=timezone.now(),
        )
