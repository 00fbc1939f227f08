"""Second factors through allauth: their secrets are encrypted with a key that is not in the database."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.internal.flows.login import record_authentication  # it has no public name
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


def connect() -> None:
    authenticator_added.connect(_used_already, dispatch_uid="notifications.second-factor")


def _used_already(request: HttpRequest, authenticator: Authenticator, **kwargs: Any) -> None:
    """Enrolling an authenticator takes a code of it: the session has used its second factor, and is not asked again."""
    if authenticator.type == Authenticator.Type.TOTP:
        record_authentication(
            request,
            request.user,  # type: ignore[arg-type]
            "mfa",
            type=authenticator.type,
            id=authenticator.pk,
            reauthenticated=True,
        )


def _cipher() -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"hamseda.second-factor").derive(
        settings.SECRET_KEY.encode()
    )
    return Fernet(base64.urlsafe_b64encode(derived))


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right, or was used already. Wait for the next one, and write that."),
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()
