"""Naming: from when on the world may have read whose case it is. A name that was shown is never followed by an alias."""

from __future__ import annotations

from datetime import datetime

from campaigns.models import Case
from campaigns.models.gate.consent import Scope
from campaigns.models.gate.facts import shown_as


def note_approval(case: Case, *, at: datetime) -> None:
    """Somebody approved the facts: if they show the name, it may be read from now on. Before that a consent to the name,
    however it got on record, has shown it to nobody. Inside the caller's transaction, after the case's lock."""
    if case.name_approved_at is None and shown_as(case) == Scope.NAME:
        Case.objects.filter(pk=case.pk).update(name_approved_at=at)
        case.name_approved_at = at
