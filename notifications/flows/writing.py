"""Writing an alert: its plan and its words per language. Only what changed gets a new author."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from campaigns.models import Campaign
from network.flows.recording import record
from network.models import Person
from notifications.events import AlertEdited
from notifications.models import Alert, AlertVariant
from notifications.refusals import AlertIsOut


@transaction.atomic
def draft(campaign: Campaign, *, by: Person, at: datetime) -> Alert:
    """A new, empty alert to the campaign's members."""
    alert = Alert.objects.create(campaign=campaign, severity=Alert.Severity.ACTION, written_by=by, created_at=at)
    record(AlertEdited(alert_id=alert.pk), by=by, at=at)
    return alert


@transaction.atomic
def write(
    alert_id: int,
    *,
    severity: str,
    expires_at: datetime | None,
    variants: Mapping[str, Mapping[str, str]],
    by: Person,
    at: datetime,
) -> Alert:
    """Replace a draft's plan and words ({language: {field: words}}; a language left empty goes).

    Raises AlertIsOut once it was opened: what people got does not change behind them.
    """
    alert = Alert.objects.locked(alert_id)
    if alert.state != Alert.State.DRAFT:
        raise AlertIsOut
    if (alert.severity, alert.expires_at) != (severity, expires_at):
        alert.severity, alert.expires_at, alert.written_by = severity, expires_at, by
    for language, words in variants.items():
        _write_variant(alert, language, words, by=by)
    languages = list(alert.variants.order_by("language").values_list("language", flat=True))
    if languages and alert.fallback_language not in languages:
        alert.fallback_language, alert.written_by = languages[0], by
    alert.save(update_fields=["severity", "expires_at", "written_by", "fallback_language"])
    record(AlertEdited(alert_id=alert.pk), by=by, at=at)
    return alert


def _write_variant(alert: Alert, language: str, words: Mapping[str, Any], *, by: Person) -> None:
    variant = AlertVariant.objects.filter(alert=alert, language=language).first()
    if not any(words.values()):
        if variant is not None:
            variant.delete()
        return
    if variant is None:
        variant = AlertVariant(alert=alert, language=language)
    elif all(getattr(variant, field) == value for field, value in words.items()):
        return
    for field, value in words.items():
        setattr(variant, field, value)
    variant.written_by = by
    variant.save()
