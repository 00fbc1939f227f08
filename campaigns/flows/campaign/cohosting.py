"""Co-hosting: a partner asks to stand beside the host of a live campaign; an approver of the host agrees.

Two organisations, two people: nobody puts a name under somebody else's campaign alone. Ending it takes one of either.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from campaigns.events import CoHostingAccepted, CoHostingAsked, CoHostingDeclined, CoHostingEnded
from campaigns.models import Campaign, CoHosting
from campaigns.refusals import ActionClosed
from network.flows.recording import record
from network.flows.vetting import require_no_stake
from network.models import Organisation, Person
from network.refusals import NotInGoodStanding

State = CoHosting.State


@transaction.atomic
def ask(campaign_id: int, organisation: Organisation, *, by: Person, at: datetime) -> CoHosting:
    """Ask to co-host; asking again after a no, or after leaving, asks anew. Raises NotInGoodStanding, and
    ActionClosed for a campaign that is over."""
    if Campaign.objects.locked(campaign_id).closed_at is not None:
        raise ActionClosed
    if not Organisation.objects.locked(organisation.pk).is_in_good_standing:
        raise NotInGoodStanding
    row, made = CoHosting.objects.get_or_create(
        campaign_id=campaign_id, organisation=organisation, defaults={"asked_by": by, "asked_at": at}
    )
    if not made and row.state in {State.ASKED, State.ACCEPTED}:
        return row
    row.state, row.asked_by, row.asked_at, row.answered_at = State.ASKED, by, at, None
    row.save()
    record(CoHostingAsked(cohosting_id=row.pk, campaign_id=campaign_id), by=by, at=at, organisations=[organisation])
    return row


@transaction.atomic
def accept(cohosting_id: int, *, by: Person, at: datetime) -> CoHosting:
    """The host's approver agrees: the campaign names the partner from the next request on."""
    row = CoHosting.objects.locked(cohosting_id)
    if not row.organisation.is_in_good_standing:
        raise NotInGoodStanding
    require_no_stake(row.organisation, by=by)
    if row.state == State.ASKED:
        _answer(row, State.ACCEPTED, at=at)
        record(CoHostingAccepted(cohosting_id=row.pk, campaign_id=row.campaign_id), by=by, at=at)
    return row


@transaction.atomic
def decline(cohosting_id: int, *, by: Person, at: datetime) -> CoHosting:
    row = CoHosting.objects.locked(cohosting_id)
    if row.state == State.ASKED:
        _answer(row, State.DECLINED, at=at)
        event = CoHostingDeclined(cohosting_id=row.pk, campaign_id=row.campaign_id)
        record(event, by=by, at=at, organisations=[row.organisation])
    return row


@transaction.atomic
def end(cohosting_id: int, *, by: Person | None, at: datetime) -> CoHosting:
    """Either side ends it alone; the name is off the campaign with the next request."""
    row = CoHosting.objects.locked(cohosting_id)
    if row.state == State.ASKED:  # nobody was told that it was asked, so nobody is told that it is not any more
        _answer(row, State.ENDED, at=at)
        event = CoHostingDeclined(cohosting_id=row.pk, campaign_id=row.campaign_id)
        record(event, by=by, at=at, organisations=[row.organisation])
    elif row.state == State.ACCEPTED:
        _answer(row, State.ENDED, at=at)
        record(CoHostingEnded(cohosting_id=row.pk, campaign_id=row.campaign_id), by=by, at=at)
    return row


def _answer(row: CoHosting, state: str, *, at: datetime) -> None:
    row.state, row.answered_at = State(state), at
    row.save(update_fields=["state", "answered_at"])
