"""Granting: a partner in full standing may read a case as far as consent for partners goes. Two people give, one takes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from campaigns.events import GrantAgreed, GrantProposed, GrantRevoked
from campaigns.models import Case, CaseGrant
from campaigns.refusals import CaseIsSilent, OnlyFullPartners
from network.flows.recording import record
from network.flows.vetting import require_no_stake
from network.models import Organisation, Person
from network.refusals import SamePersonApproves


@transaction.atomic
def propose(
    case_id: int, organisation: Organisation, *, licence: str, expires_at: datetime, by: Person, at: datetime
) -> CaseGrant:
    """Propose to let a partner read a case. Raises OnlyFullPartners, CaseIsSilent; proposing again changes nothing."""
    case = Case.objects.locked(case_id)
    if case.withdrawn_at is not None:
        raise CaseIsSilent
    if organisation.standing != Organisation.Standing.FULL:
        raise OnlyFullPartners
    for ended in CaseGrant.objects.filter(case=case, organisation=organisation, revoked_at=None, expires_at__lte=at):
        revoke(ended.pk, by=by, at=at)  # its time is over: a new one takes its place
    row, made = CaseGrant.objects.get_or_create(
        case=case,
        organisation=organisation,
        revoked_at=None,
        defaults={"licence": licence, "expires_at": expires_at, "proposed_by": by, "proposed_at": at},
    )
    if made:
        record(GrantProposed(case_id=case.pk, grant_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def agree(grant_id: int, *, by: Person, at: datetime) -> CaseGrant:
    """The second person agrees: it counts with the next request. Raises SamePersonApproves."""
    row = CaseGrant.objects.locked(grant_id)
    if row.proposed_by_id == by.pk:
        raise SamePersonApproves
    require_no_stake(row.organisation, by=by)
    if row.agreed_by_id is None and row.revoked_at is None:
        row.agreed_by = by
        row.save(update_fields=["agreed_by"])
        event = GrantAgreed(case_id=row.case_id, grant_id=row.pk)
        record(event, by=by, at=at, organisations=[row.organisation])
    return row


@transaction.atomic
def revoke(grant_id: int, *, by: Person | None, at: datetime) -> CaseGrant:
    """It stops with the next request, and the partner is told to delete."""
    row = CaseGrant.objects.locked(grant_id)
    if row.revoked_at is None:
        row.revoked_at = at
        row.save(update_fields=["revoked_at"])
        event = GrantRevoked(case_id=row.case_id, grant_id=row.pk)
        record(event, by=by, at=at, organisations=[row.organisation])
    return row
