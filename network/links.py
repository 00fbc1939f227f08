"""What a confirmation link carries. Made by mail, read by pages: the id of a row, and whose mailbox it was sent to.

The mailbox is carried as a short keyed hash: a link proves the mailbox it was mailed to and no other, even when the row
has meanwhile been entered again under another spelling of the address.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac

from network.refusals import LinkExpired, LinkForged, LinkReplaced

PARTICIPATION = "hamseda.participation"
ENDORSEMENT = "hamseda.endorsement"
ENROLMENT = "hamseda.enrolment"
APPLICATION = "hamseda.application"
INVITATION = "hamseda.invitation"


@dataclass(frozen=True)
class Proof:
    """What a link proves: this row, read in the mailbox whose hash this is."""

    row_id: UUID
    mailbox: str

    def require(self, address: str) -> None:
        """Raises LinkReplaced unless the link was mailed to exactly this address."""
        if _mailbox(address) != self.mailbox:
            raise LinkReplaced


def token_for(row_id: UUID, address: str, *, salt: str) -> str:
    """A token that works for CONFIRMATION_DAYS; nobody can read a name or an address from it."""
    return signing.dumps([row_id.hex, _mailbox(address)], salt=salt)


def proof_in(token: str, *, salt: str) -> Proof:
    """What a token proves. Raises LinkForged, LinkExpired."""
    try:
        row_id, mailbox = signing.loads(token, salt=salt, max_age=settings.CONFIRMATION_DAYS * 24 * 3600)
        return Proof(UUID(hex=row_id), str(mailbox))
    except signing.SignatureExpired:
        raise LinkExpired from None
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        raise LinkForged from None


def _mailbox(address: str) -> str:
    return salted_hmac("hamseda.mailbox", address, algorithm="sha256").hexdigest()[:16]
