"""The change feed: the log's events in the caller's audience, in order, as type, id and cursor and nothing else.

Readers fetch the current form of what an id names, so an event that is read late can never bring anything back.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from campaigns import events as campaign_events
from campaigns.models import Campaign, Defender
from network import events as network_events
from network.events import DomainEvent
from network.models import ApiKey, LogHead, Organisation, OutboxEvent
from network.refusals import Refused


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


def _public_ids(rows: QuerySet, name: str = "public_id") -> Callable[[Iterable[str]], dict[str, str]]:
    """{internal id: public id} of rows that exist."""

    def find(ids: Iterable[str]) -> dict[str, str]:
        found: Iterable[Model] = rows.filter(pk__in=[int(one) for one in ids])
        return {str(row.pk): str(getattr(row, name)) for row in found}

    return find


_campaigns = _public_ids(Campaign.objects.launched())
_defenders = _public_ids(Defender.objects.get_queryset())
_organisations = _public_ids(Organisation.objects.get_queryset())
_keys = _public_ids(ApiKey.objects.get_queryset(), "handle")

# What an event is called outside, and how the id it carries is named there. An event not in here is told to nobody.
TOLD: dict[type[DomainEvent], tuple[str, Callable[[Iterable[str]], dict[str, str]]]] = {
    campaign_events.CampaignLaunched: ("campaign.published", _campaigns),
    campaign_events.CampaignReturned: ("campaign.published", _campaigns),
    campaign_events.CampaignPaused: ("campaign.withdrawn", _campaigns),
    campaign_events.CampaignSilenced: ("campaign.withdrawn", _campaigns),
    campaign_events.DefenderSilenced: ("defender.withdrawn", _defenders),
    campaign_events.CoHostingAccepted: ("campaign.changed", _campaigns),
    campaign_events.CoHostingEnded: ("campaign.changed", _campaigns),
    campaign_events.CoHostingAsked: ("cohosting.changed", _campaigns),
    campaign_events.CoHostingDeclined: ("cohosting.changed", _campaigns),
    network_events.PartnerAdmitted: ("partner.listed", _organisations),
    network_events.PartnerReinstated: ("partner.listed", _organisations),
    network_events.PartnerSuspended: ("partner.withdrawn", _organisations),
    network_events.PartnerPromoted: ("organisation.changed", _organisations),
    network_events.ApiKeyIssued: ("key.issued", _keys),
    network_events.ApiKeyRevoked: ("key.revoked", _keys),
}
_told = {event.__name__: rule for event, rule in TOLD.items()}


def read(after: str, *, organisation: Organisation | None, limit: int) -> Changes:
    """The next changes past a cursor; an empty one begins at the beginning. Raises NotACursor, EarlierEpoch."""
    head, _ = LogHead.objects.get_or_create(singleton=True)  # before the events: none is passed over unseen
    position = _position(after, head.epoch)
    found = list(
        OutboxEvent.objects.after(position)
        .filter(position__lte=head.position)
        .for_audience(organisation)
        .named(*_told)[: limit + 1]
    )
    page, has_more = found[:limit], len(found) > limit
    end = (page[-1].position or 0) if has_more else max(head.position, position)
    return Changes(
        changes=tuple(_changes(page, head.epoch)),
        next=_cursor(end, head.epoch),
        latest=_cursor(head.position, head.epoch),
        has_more=has_more,
    )


def _changes(events: list[OutboxEvent], epoch: UUID) -> Iterable[Change]:
    names: dict[str, dict[str, str]] = {}
    for name in {event.name for event in events}:
        names[name] = _told[name][1]({event.subject_id for event in events if event.name == name})
    for event in events:
        if public_id := names[event.name].get(event.subject_id):
            yield Change(type=_told[event.name][0], id=public_id, cursor=_cursor(event.position or 0, epoch))


def _cursor(position: int, epoch: UUID) -> str:
    return base64.urlsafe_b64encode(f"{epoch.hex[:12]}.{position}".encode()).decode().rstrip("=")


def _position(cursor: str, epoch: UUID) -> int:
    if not cursor:
        return 0
    try:
        text = base64.urlsafe_b64decode(f"{cursor}==").decode("ascii")
        made_in, position = text.split(".")
        number = int(position)
    except (ValueError, binascii.Error):
        raise NotACursor from None
    if not (len(made_in) == 12 and 0 <= number < 2**62):
        raise NotACursor
    if made_in != epoch.hex[:12]:
        raise EarlierEpoch
    return number
