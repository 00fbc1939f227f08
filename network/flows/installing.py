"""Installing: the database learns what it is."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from network.models import Installation, LogHead
from network.refusals import NotATrial


@transaction.atomic
def install(*, trial: bool, at: datetime) -> Installation:
    """Make the single Installation row and the log's head; a second call changes nothing.

    Raises NotATrial when a trial meets a database of a real installation.
    """
    if trial and Installation.objects.filter(is_trial=False).exists():
        raise NotATrial
    row, _ = Installation.objects.get_or_create(
        singleton=True,
        defaults={"is_trial": trial, "endorsement_key": secrets.token_bytes(32), "created_at": at},
    )
    LogHead.objects.get_or_create(singleton=True)
    return row


def is_trial_database() -> bool:
    return Installation.objects.filter(is_trial=True).exists()
