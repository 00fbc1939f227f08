"""Holding: after a restore nothing that was open goes out by itself. The restored queue may repeat what was sent."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from notifications.flows import relaying
from notifications.models import Alert, Notice


@transaction.atomic
def hold_everything(*, at: datetime) -> tuple[int, int]:
    """Hold every alert under way or paused until an approver resumes or cancels it, and drop waiting notices: their
    people can ask again, and a code or link of before the restore is old. Letters to offices wait in their lanes until
    an approver lets them go. Returns (alerts, notices)."""
    relaying.hold_all()
    alerts = Alert.objects.filter(state__in=[*Alert.SENDING, Alert.State.PAUSED]).update(state=Alert.State.HELD)
    notices = Notice.objects.unsettled().update(
        state=Notice.State.DROPPED, reason="restored", settled_at=at, payload={}
    )
    return alerts, notices
