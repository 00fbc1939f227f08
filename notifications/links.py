"""What an unsubscribe link carries: which person, about which campaign. Signed, without an end, naming nobody."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core import signing

from network.refusals import LinkForged

_signer = signing.Signer(salt="hamseda.unsubscribe")


@dataclass(frozen=True)
class Subscription:
    person: UUID  # Person.public_id
    campaign_id: int


def unsubscribe_token(subscription: Subscription) -> str:
    return _signer.sign_object([subscription.person.hex, subscription.campaign_id], compress=False)


def subscription_behind(token: str) -> Subscription:
    """Raises LinkForged. An unsubscribe link never grows old: a mail may be read years later."""
    try:
        person, campaign_id = _signer.unsign_object(token)
        return Subscription(UUID(hex=person), int(campaign_id))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        raise LinkForged from None
