"""Announcing: what is shown of a published case is different. Whoever keeps a copy reads it again."""

from __future__ import annotations

from datetime import datetime

from campaigns.events import CaseChanged, GrantedCaseChanged
from campaigns.models import Case, CaseGrant, open_cases
from network.flows.recording import record
from network.models import Person


def tell_of_change(case_id: int, *, by: Person | None, at: datetime) -> None:
    """For a case that anybody may have read; of any other nothing is told. Inside the caller's transaction."""
    case = Case.objects.get(pk=case_id)
    tell_the_granted(case, by=by, at=at)
    if Case.objects.published().ever_published().filter(pk=case_id, id__in=open_cases(at)).exists():
        record(CaseChanged(case_id=case_id), by=by, at=at)


def tell_the_granted(case: Case, *, by: Person | None, at: datetime) -> None:
    """Partners that were given the case: what they may read of it is different, or nothing."""
    for grant in CaseGrant.objects.filter(case=case, revoked_at=None).exclude(agreed_by=None):
        record(GrantedCaseChanged(case_id=case.pk), by=by, at=at, organisations=[grant.organisation])
