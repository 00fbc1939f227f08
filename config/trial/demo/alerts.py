"""The demo's alerts: one that waits to be let go, and a welcome that stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from campaigns.models import Campaign
from config.trial.demo import days, words
from network.flows import approving
from network.models import Person
from notifications.flows import opening
from notifications.models import Alert, AlertVariant


@transaction.atomic
def seed(campaign: Campaign, writer: Person, approver: Person, *, at: datetime) -> None:
    """English written by one and approved by the other; Persian the other way round."""
    if Alert.objects.filter(campaign=campaign).exists():
        return
    delivery = days.delivery_of(campaign)
    _make(
        campaign,
        days.told(words.HEARING_ALERT, delivery),
        writer,
        approver,
        at=at,
        severity=Alert.Severity.ACTION,
        expires_at=days.end_of(days.last_day(delivery)),
    )
    welcome = _make(
        campaign,
        words.WELCOME_ALERT,
        writer,
        approver,
        at=at,
        severity=Alert.Severity.INFO,
        trigger=Alert.Trigger.JOINED,
    )
    opening.open_alert(welcome.pk, by=approver, at=at)


def _make(
    campaign: Campaign,
    variants: Mapping[str, Mapping[str, Any]],
    writer: Person,
    approver: Person,
    *,
    at: datetime,
    **plan: Any,
) -> Alert:
    alert = Alert.objects.create(campaign=campaign, written_by=writer, created_at=at, **plan)
    authors = {"en": writer, "fa": approver}
    for language, variant in variants.items():
        AlertVariant.objects.create(alert=alert, language=language, written_by=authors[language], **variant)
    for part in alert.parts():
        other = approver if part.written_by_id == writer.pk else writer
        approving.approve(opening.SUBJECT, alert.pk, part, by=other, at=at)
    return alert
