"""Signing on: an organisation enters that it stands by a joint statement, and says so a second time before it counts."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from campaigns.events import CampaignChanged, SignOnConfirmed, SignOnEntered, SignOnWithdrawn
from campaigns.kinds.contract import kind_named
from campaigns.models import Action, SignOn
from campaigns.publishing.signers import hidden_until, statement_digest
from campaigns.refusals import ActionClosed, SecondPersonConfirms
from network.flows.recording import record
from network.models import Membership, Organisation, Person
from network.refusals import ContentChanged, NotInGoodStanding

State = SignOn.State


@transaction.atomic
def enter(
    action_id: int,
    organisation: Organisation,
    *,
    signatory: str,
    authority: str,
    is_confidential: bool,
    by: Person,
    at: datetime,
) -> SignOn:
    """The first of two steps; entering again begins anew. Raises ActionClosed, NotInGoodStanding."""
    action = _open(action_id, at=at)
    _require_standing(organisation)
    said = {
        "state": State.ENTERED,
        "signatory": signatory,
        "authority": authority,
        "is_confidential": is_confidential,
        "digest": statement_digest(action),
        "entered_by": by,
        "entered_at": at,
        "confirmed_by": None,
        "confirmed_at": None,
    }
    row, _made = SignOn.objects.update_or_create(action=action, organisation=organisation, defaults=said)
    record(SignOnEntered(sign_on_id=row.pk, action_id=action.pk), by=by, at=at)
    return row


@transaction.atomic
def confirm(sign_on_id: int, *, digest: str, by: Person, at: datetime) -> SignOn:
    """The second step, by a second administrator where the organisation has one, under exactly the text on their screen. Raises
    ActionClosed, NotInGoodStanding, ContentChanged, SecondPersonConfirms."""
    row = SignOn.objects.locked(sign_on_id)
    action = _open(row.action_id, at=at)
    _require_standing(row.organisation)
    if row.digest != digest or statement_digest(action) != digest:
        raise ContentChanged
    if row.state != State.ENTERED:
        return row
    if waits_for_another(row.organisation, entered_by_id=row.entered_by_id, reader=by):
        raise SecondPersonConfirms
    row.state, row.confirmed_by, row.confirmed_at = State.CONFIRMED, by, at
    row.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    record(SignOnConfirmed(sign_on_id=row.pk, action_id=action.pk), by=by, at=at)
    _tell(action, by=by, at=at)
    return row


def waits_for_another(organisation: Organisation, *, entered_by_id: int | None, reader: Person) -> bool:
    """Whoever entered it does not confirm it, where the organisation has a second administrator."""
    others = Membership.objects.filter(organisation=organisation, role=Membership.Role.ADMINISTRATOR)
    return entered_by_id == reader.pk and others.exclude(person=reader).exists()


@transaction.atomic
def withdraw(sign_on_id: int, *, by: Person | None, at: datetime) -> SignOn:
    """One administrator takes it back, at any time; the name is off with the next request."""
    row = SignOn.objects.locked(sign_on_id)
    if row.state != State.WITHDRAWN:
        row.state, row.signatory, row.authority = State.WITHDRAWN, "", ""
        row.save(update_fields=["state", "signatory", "authority"])
        record(SignOnWithdrawn(sign_on_id=row.pk, action_id=row.action_id), by=by, at=at)
        _tell(row.action, by=by, at=at)
    return row


def _tell(action: Action, *, by: Person | None, at: datetime) -> None:
    """Whoever reads the campaign is to read it again; before the minute of release there is nothing to be read."""
    hidden = hidden_until(action)
    if hidden is None or hidden <= at:
        record(CampaignChanged(campaign_id=action.campaign_id), by=by, at=at)


def _open(action_id: int, *, at: datetime) -> Action:
    action = Action.objects.filter(pk=action_id).first()
    if action is None or not action.is_open(at) or not kind_named(action.kind).by_organisations:
        raise ActionClosed
    return action


def _require_standing(organisation: Organisation) -> None:
    if not organisation.is_in_good_standing:
        raise NotInGoodStanding
