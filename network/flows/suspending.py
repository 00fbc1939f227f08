"""Suspending: one person stops a partner at once; bringing it back takes two."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from network.events import PartnerReinstated, PartnerSuspended
from network.flows import approving
from network.flows.recording import record
from network.flows.vetting import STANDING, require_no_stake
from network.models import Organisation, Person
from network.refusals import ReasonMissing

Standing = Organisation.Standing


@transaction.atomic
def suspend(organisation_id: int, *, reason: str, by: Person | None, at: datetime) -> Organisation:
    """From the next request on its keys are wrong keys, its pages refuse, and no list names it. Raises ReasonMissing."""
    row = Organisation.objects.locked(organisation_id)
    if not reason.strip():
        raise ReasonMissing
    if row.kind == Organisation.Kind.PARTNER and row.is_in_good_standing:
        row.standing, row.standing_since, row.standing_reason = Standing.SUSPENDED, at, reason.strip()
        row.save(update_fields=["standing", "standing_since", "standing_reason"])
        record(PartnerSuspended(organisation_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def reinstate(organisation_id: int, *, by: Person, at: datetime) -> Organisation:
    """Agree to bring a partner back; with the second person it is on probation again, and its unexpired keys work."""
    row = Organisation.objects.locked(organisation_id)
    if row.standing != Standing.SUSPENDED:
        return row
    require_no_stake(row, by=by)
    if approving.agree(STANDING, row.pk, row.part("reinstatement"), by=by, at=at):
        row.standing, row.standing_since, row.standing_reason = Standing.PROBATION, at, ""
        row.save(update_fields=["standing", "standing_since", "standing_reason"])
        record(PartnerReinstated(organisation_id=row.pk), by=by, at=at)
    return row
