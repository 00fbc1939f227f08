"""Reminding: whoever entered an action and has not confirmed is asked once more, by an organiser's press, and never again."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from campaigns.events import ParticipationReminded
from campaigns.models import Participation
from network.flows.recording import record
from network.models import Person
from network.models.dialect import locked


@transaction.atomic
def remind(campaign_id: int, *, by: Person | None, at: datetime) -> int:
    """Ask whoever is late in a campaign (see ParticipationQuerySet.forgetful), REMIND_AT_ONCE of them, the earliest first;
    returns how many. Pressed again, the next are asked, and nobody twice."""
    late = Participation.objects.forgetful(at).filter(action__campaign=campaign_id)
    rows = list(locked(late.order_by("entered_at", "pk"))[: settings.REMIND_AT_ONCE])
    Participation.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=at)
    for row in rows:
        record(ParticipationReminded(participation_id=row.pk, action_id=row.action_id), by=by, at=at)
    return len(rows)
