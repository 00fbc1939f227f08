"""Pacing: how fast mail may leave is said here, while it is leaving; every worker follows within LIMITS_SECONDS."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from network.flows.recording import record
from network.models import Person
from notifications.events import SendLimitLifted, SendLimitSet
from notifications.models import SendLimit


@transaction.atomic
def set_limit(bucket: str, per_hour: int, *, by: Person | None, at: datetime) -> SendLimit:
    """bucket: a sender, or a sender and a group of mailboxes ("default:google"). per_hour: messages, at least one."""
    if per_hour < 1:
        raise ValueError("a limit lets something through; to stop an alert, pause it")
    row, _made = SendLimit.objects.update_or_create(
        bucket=bucket, defaults={"per_hour": per_hour, "set_at": at, "set_by": by}
    )
    record(SendLimitSet(limit_id=row.pk, per_hour=per_hour), by=by, at=at)
    return row


@transaction.atomic
def lift_limit(limit_id: int, *, by: Person | None, at: datetime) -> None:
    if SendLimit.objects.filter(pk=limit_id).delete()[0]:
        record(SendLimitLifted(limit_id=limit_id), by=by, at=at)
