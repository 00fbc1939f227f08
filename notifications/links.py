"""What links carry that never grow old, signed and naming nobody: the one that unsubscribes, which person and about which
campaign; and the address of a person's own feed, which consent it was given by, so that taking that back ends the address.

The first is made once for every letter, so it is small and cheap: 16 bytes of the person's public id, 5 of the campaign's, and
16 of a keyed BLAKE2b over both, in 50 letters.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error, b2a_base64
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.conf import settings

from network.refusals import LinkForged

PERSON, CAMPAIGN, PROOF = 16, 5, 16  # bytes
SAFE_IN_LINKS = bytes.maketrans(b"+/", b"-_")


@dataclass(frozen=True)
class Subscription:
    person: UUID  # Person.public_id
    campaign_id: int


UNSUBSCRIBE, FEED = b"unsubscribe link", b"feed of letters"
CONSENT = 8  # bytes


@cache
def _key(secret: str, purpose: bytes = UNSUBSCRIBE) -> bytes:
    return hashlib.blake2b(secret.encode(), person=purpose).digest()


def _proof(carried: bytes, secret: str, purpose: bytes = UNSUBSCRIBE) -> bytes:
    return hashlib.blake2b(carried, digest_size=PROOF, key=_key(secret, purpose)).digest()


def unsubscribe_token(subscription: Subscription) -> str:
    return unsubscribe_signer(subscription.campaign_id)(subscription.person.bytes).decode()


def unsubscribe_signer(campaign_id: int) -> Callable[[bytes], bytes]:
    """Makes the tokens of one campaign: from a person's public id, 16 bytes, to the token's letters."""
    begun, campaign = (
        hashlib.blake2b(digest_size=PROOF, key=_key(str(settings.SECRET_KEY))),
        campaign_id.to_bytes(CAMPAIGN),
    )

    def sign(person: bytes) -> bytes:
        carried, proof = person + campaign, begun.copy()
        proof.update(carried)
        return b2a_base64(carried + proof.digest(), newline=False).translate(SAFE_IN_LINKS, b"=")

    return sign


def subscription_behind(token: str) -> Subscription:
    """Raises LinkForged. An unsubscribe link never grows old: a mail may be read years later, after a new secret too."""
    carried = _carried(token, length=PERSON + CAMPAIGN, purpose=UNSUBSCRIBE)
    return Subscription(UUID(bytes=carried[:PERSON]), int.from_bytes(carried[PERSON:]))


def feed_token(consent_id: int) -> str:
    """Ends the address of the feed that a ContactConsent opened."""
    carried = consent_id.to_bytes(CONSENT)
    return urlsafe_b64encode(carried + _proof(carried, str(settings.SECRET_KEY), FEED)).decode().rstrip("=")


def consent_behind(token: str) -> int:
    """The id of the ContactConsent. Raises LinkForged."""
    return int.from_bytes(_carried(token, length=CONSENT, purpose=FEED))


def _carried(token: str, *, length: int, purpose: bytes) -> bytes:
    try:
        raw = urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
    except (Error, UnicodeEncodeError, ValueError):
        raise LinkForged from None
    carried, proof = raw[:length], raw[length:]
    secrets = [str(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    if len(proof) != PROOF or not any(hmac.compare_digest(proof, _proof(carried, key, purpose)) for key in secrets):
        raise LinkForged
    return carried
