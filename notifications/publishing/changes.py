"""The change feed: the log's events in the caller's audience, in order, as type, id and cursor and nothing else.

Readers fetch the current form of what an id names, so an event that is read late can never bring anything back.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from campaigns import events as campaign_events
from campaigns.models import Campaign, Case
from network import events as network_events
from network.events import DomainEvent
from network.models import LogHead, Organisation, OutboxEvent
from network.refusals import Refused

CONTEXT = b"hamseda change feed"


class NotACursor(Refused):
    reason = _("This is not a cursor of this feed. Begin without it.")
    status = 400


class EarlierEpoch(Refused):
    reason = _("This cursor is from before the log began anew. Start from the snapshot: read the collections again.")
    status = 410


@dataclass(frozen=True, kw_only=True)
class Change:
    type: str
    id: str
    cursor: str


@dataclass(frozen=True, kw_only=True)
class Changes:
    changes: tuple[Change, ...]
    next: str  # where to go on, also when nothing was new
    latest: str  # the end of the log: where a reader begins that has just read the collections
    has_more: bool


Finder = Callable[[list[OutboxEvent]], dict[int, str]]


def _public_ids(rows: QuerySet) -> Finder:
    """{event's id: public id of the row it is about}, for rows that exist."""

    def find(events: list[OutboxEvent]) -> dict[int, str]:
        found: Iterable[Any] = rows.filter(pk__in=[int(event.subject_id) for event in events])
        ids = {str(row.pk): str(row.public_id) for row in found}
        return {event.pk: ids[event.subject_id] for event in events if event.subject_id in ids}

    return find


_cases = _public_ids(Case.objects.ever_published())
_granted = _public_ids(Case.objects.exclude(grants=None))
_campaigns = _public_ids(Campaign.objects.launched())


def _defenders(events: list[OutboxEvent]) -> dict[int, str]:
    """The id under which a defender was shown when it happened: their own by name, the case's by an alias."""
    rows = Case.objects.filter(pk__in=[int(event.subject_id) for event in events]).select_related("defender")
    cases = {str(row.pk): row for row in rows}
    found = {}
    for event in events:
        case = cases.get(event.subject_id)
        if case is not None:
            found[event.pk] = str(case.defender.public_id if event.payload.get("by_name") else case.public_id)
    return found


_organisations = _public_ids(Organisation.objects.get_queryset())

# What an event is called outside, and how the id it carries is named there. An event not in here is told to nobody.
TOLD: dict[type[DomainEvent], tuple[str, Finder]] = {
    campaign_events.CampaignLaunched: ("campaign.published", _campaigns),
    campaign_events.CampaignReturned: ("campaign.published", _campaigns),
    campaign_events.CampaignPaused: ("campaign.withdrawn", _campaigns),
    campaign_events.CampaignSilenced: ("campaign.withdrawn", _campaigns),
    campaign_events.DefenderSilenced: ("defender.withdrawn", _defenders),
    campaign_events.CasePublished: ("case.published", _cases),
    campaign_events.CaseReturned: ("case.published", _cases),
    campaign_events.CaseChanged: ("case.changed", _cases),
    campaign_events.CaseSilenced: ("case.withdrawn", _cases),
    campaign_events.GrantAgreed: ("granted_case.changed", _granted),
    campaign_events.GrantRevoked: ("granted_case.withdrawn", _granted),
    campaign_events.GrantedCaseChanged: ("granted_case.changed", _granted),
    campaign_events.CampaignChanged: ("campaign.changed", _campaigns),
    campaign_events.CampaignClosed: ("campaign.changed", _campaigns),
    campaign_events.CoHostingAccepted: ("campaign.changed", _campaigns),
    campaign_events.CoHostingEnded: ("campaign.changed", _campaigns),
    campaign_events.CoHostingAsked: ("cohosting.changed", _campaigns),
    campaign_events.CoHostingDeclined: ("cohosting.changed", _campaigns),
    network_events.PartnerAdmitted: ("partner.listed", _organisations),
    network_events.PartnerReinstated: ("partner.listed", _organisations),
    network_events.PartnerSuspended: ("partner.withdrawn", _organisations),
    network_events.PartnerPromoted: ("organisation.changed", _organisations),
}
_told = {event.__name__: rule for event, rule in TOLD.items()}


def read(after: str, *, organisation: Organisation | None, limit: int) -> Changes:
    """The next changes past a cursor; an empty one begins at the beginning. Raises NotACursor, EarlierEpoch.

    Cursors point at events the caller may see and at no others: they stay the same while only others happen, so nobody
    can tell from them how much goes on here.
    """
    head, _ = LogHead.objects.get_or_create(singleton=True)  # before the events: none is passed over unseen
    position = _position(after, head.epoch)
    told = OutboxEvent.objects.filter(position__lte=head.position).for_audience(organisation).named(*_told)
    found = list(told.after(position)[: limit + 1])
    last = told.order_by("-position").values_list("position", flat=True).first() or 0
    page = found[:limit]
    return Changes(
        changes=tuple(_changes(page, head.epoch)),
        next=_cursor((page[-1].position or 0) if page else position, head.epoch),
        latest=_cursor(last, head.epoch),
        has_more=len(found) > limit,
    )


def _changes(events: list[OutboxEvent], epoch: UUID) -> Iterable[Change]:
    ids: dict[int, str] = {}
    for name in {event.name for event in events}:
        ids |= _told[name][1]([event for event in events if event.name == name])
    for event in events:
        if public_id := ids.get(event.pk):
            yield Change(type=_told[event.name][0], id=public_id, cursor=_cursor(event.position or 0, epoch))


def _cursor(position: int, epoch: UUID) -> str:
    """Encrypted, always the same for the same position: nobody reads a position from it, and ETags hold."""
    sealed = AESSIV(_key()).encrypt(epoch.bytes[:6] + position.to_bytes(8, "big"), [CONTEXT])
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def _position(cursor: str, epoch: UUID) -> int:
    if not cursor:
        return 0
    try:
        sealed = base64.urlsafe_b64decode(f"{cursor}==")
        plain = AESSIV(_key()).decrypt(sealed, [CONTEXT])
    except (ValueError, binascii.Error, InvalidTag):
        raise NotACursor from None
    if plain[:6] != epoch.bytes[:6]:
        raise EarlierEpoch
    return int.from_bytes(plain[6:], "big")


def _key() -> bytes:
    return hashlib.sha256(f"hamseda.changes:{settings.SECRET_KEY}".encode()).digest()
