"""Announcing: what is shown of a published case is different. Whoever keeps a copy reads it again."""

from __future__ import annotations

from datetime import datetime

from campaigns.events import CaseChanged
from campaigns.models import Case, open_cases
from network.flows.recording import record
from network.models import Person


def tell_of_change(case_id: int, *, by: Person | None, at: datetime) -> None:
    """For a case that anybody may have read; of any other nothing is told. Inside the caller's transaction."""
    if Case.objects.published().ever_published().filter(pk=case_id, id__in=open_cases(at)).exists():
        record(CaseChanged(case_id=case_id), by=by, at=at)
