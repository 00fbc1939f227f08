"""What an unsubscribe link carries: which person, about which campaign. Signed, without an end, naming nobody.

It is made once for every letter, so it is small and cheap: 16 bytes of the person's public id, 5 of the campaign's, and 16 of a
keyed BLAKE2b over both, in 50 letters.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.conf import settings

from network.refusals import LinkForged

PERSON, CAMPAIGN, PROOF = 16, 5, 16  # bytes
LENGTH = PERSON + CAMPAIGN + PROOF


@dataclass(frozen=True)
class Subscription:
    person: UUID  # Person.public_id
    campaign_id: int


@cache
def _key(secret: str) -> bytes:
    return hashlib.blake2b(secret.encode(), person=b"unsubscribe link").digest()


def _proof(carried: bytes, secret: str) -> bytes:
    return hashlib.blake2b(carried, digest_size=PROOF, key=_key(secret)).digest()


def unsubscribe_token(subscription: Subscription) -> str:
    return unsubscribe_signer(subscription.campaign_id)(subscription.person.bytes)


def unsubscribe_signer(campaign_id: int) -> Callable[[bytes], str]:
    """Makes the tokens of one campaign: from a person's public id, 16 bytes, to the token."""
    begun, campaign = (
        hashlib.blake2b(digest_size=PROOF, key=_key(str(settings.SECRET_KEY))),
        campaign_id.to_bytes(CAMPAIGN),
    )

    def sign(person: bytes) -> str:
        carried, proof = person + campaign, begun.copy()
        proof.update(carried)
        return urlsafe_b64encode(carried + proof.digest()).decode().rstrip("=")

    return sign


def subscription_behind(token: str) -> Subscription:
    """Raises LinkForged. An unsubscribe link never grows old: a mail may be read years later, after a new secret too."""
    try:
        raw = urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
    except (Error, UnicodeEncodeError, ValueError):
        raise LinkForged from None
    carried, proof = raw[: PERSON + CAMPAIGN], raw[PERSON + CAMPAIGN :]
    secrets = [str(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    if len(raw) != LENGTH or not any(hmac.compare_digest(proof, _proof(carried, secret)) for secret in secrets):
        raise LinkForged
    return Subscription(UUID(bytes=carried[:PERSON]), int.from_bytes(carried[PERSON:]))
