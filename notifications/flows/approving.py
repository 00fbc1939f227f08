"""Approving an alert, part by part: its plan, and each language's words."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from network.flows import approving
from network.models import Person
from network.refusals import ContentChanged
from notifications.flows.opening import SUBJECT
from notifications.models import Alert


@transaction.atomic
def approve(alert_id: int, part: str, *, digest: str, by: Person, at: datetime) -> None:
    """A second person says yes to one part as it stood on their screen. Raises ContentChanged, SamePersonApproves."""
    alert = Alert.objects.locked(alert_id)
    found = next((one for one in alert.parts() if one.name == part), None)
    if found is None:
        raise ContentChanged
    approving.require_unchanged(found, digest)
    approving.approve(SUBJECT, alert_id, found, by=by, at=at)
