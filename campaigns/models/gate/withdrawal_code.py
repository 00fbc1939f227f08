"""WithdrawalCode: what the giver of a consent keeps on paper. It withdraws at once, without an account or a question."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata

from django.db import models

from campaigns.models.gate.consent import PublicationConsent
from network.models import Person

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that is read as something else
LENGTH = 20  # 98 random bits: nobody finds one by trying
GROUP = 4


def new_code() -> str:
    """A fresh code as it is printed: five groups of four, XXXX-XXXX-XXXX-XXXX-XXXX."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(letters[place : place + GROUP] for place in range(0, LENGTH, GROUP))


def hash_of_code(text: str) -> str:
    """SHA-256 of the code however it was typed: any case, any separators, digits of any script."""
    plain = "".join(
        str(unicodedata.digit(character)) if unicodedata.category(character) == "Nd" else character
        for character in unicodedata.normalize("NFKC", text)
    )
    return hashlib.sha256("".join(filter(str.isalnum, plain)).upper().encode()).hexdigest()


class WithdrawalCode(models.Model):
    consent = models.OneToOneField(PublicationConsent, on_delete=models.CASCADE, related_name="withdrawal_code")
    hash = models.CharField(max_length=64, unique=True)
    issued_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    issued_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
