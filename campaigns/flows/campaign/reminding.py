"""Reminding: whoever entered an action and has not confirmed is asked once more, by an organiser's press, and never again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from campaigns.events import ParticipationReminded
from campaigns.models import Participation
from network.flows.recording import record
from network.models import Person
from network.models.dialect import locked

AT_ONCE = 500  # rows of one transaction


def remind(campaign_id: int, *, by: Person | None, at: datetime) -> int:
    """Ask everybody of a campaign who is late (see ParticipationQuerySet.forgetful); returns how many. Pressed twice, nobody is
    asked twice."""
    asked = 0
    while number := _some(campaign_id, by=by, at=at):
        asked += number
    return asked


@transaction.atomic
def _some(campaign_id: int, *, by: Person | None, at: datetime) -> int:
    late = Participation.objects.forgetful(at).filter(action__campaign=campaign_id)
    rows = list(locked(late.order_by("pk"))[:AT_ONCE])
    Participation.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=at)
    for row in rows:
        record(ParticipationReminded(participation_id=row.pk, action_id=row.action_id), by=by, at=at)
    return len(rows)
