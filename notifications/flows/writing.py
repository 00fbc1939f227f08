"""Writing an alert: its plan and its words per language. Only what changed gets a new author."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any

from django.db import transaction

from campaigns.models import Campaign
from campaigns.publishing.update import words_of
from network.flows import editing
from network.flows.recording import record
from network.models import Person
from notifications.events import AlertEdited
from notifications.models import Alert, AlertVariant
from notifications.refusals import AlertIsOut


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Whom an alert goes to, how pressing it is, until when it is worth anything."""

    severity: str  # Alert.Severity
    expires_at: datetime | None = None
    audience: str = Alert.Audience.JOINED
    languages: list[str] = field(default_factory=list)  # empty: whatever they read
    fallback_language: str = "en"  # for whoever reads a language it is not written in
    countries: list[str] = field(default_factory=list)  # ISO 3166-1; empty: wherever they live
    from_hour: int | None = None  # of the reader's own day, 0 to 23
    to_hour: int | None = None  # 1 to 24, later than from_hour; both or neither
    trigger: str = ""  # Alert.Trigger: what each letter follows; empty: it goes once
    after_days: int = 0  # between that and the letter
    over_cap: str = ""  # why also who had enough lately is written to


def plan_of(alert: Alert) -> Plan:
    return Plan(**{one.name: getattr(alert, one.name) for one in fields(Plan)})


@transaction.atomic
def draft(
    campaign: Campaign, *, by: Person, at: datetime, follows: Alert | None = None, about: int | None = None
) -> Alert:
    """A new alert to the campaign's members; or to exactly those who got the one it follows. It is empty, or begins from the
    published news that it is about (an id of campaigns' Update)."""
    news = words_of(about, campaign_id=campaign.pk) if about else {}
    alert = Alert.objects.create(
        campaign=campaign,
        severity=Alert.Severity.INFO if news else Alert.Severity.ACTION,
        audience=Alert.Audience.GOT if follows else Alert.Audience.JOINED,
        follows=follows,
        created_at=at,
    )
    editing.wrote(alert, by=by, at=at)
    for language, words in news.items():
        begun = {"subject": words["title"], "body": words["body"], "body_text": words["body"]}
        _write_variant(alert, language, begun, by=by, at=at)
    record(AlertEdited(alert_id=alert.pk), by=by, at=at)
    return alert


@transaction.atomic
def write(
    alert_id: int,
    *,
    plan: Plan,
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
    before = plan_of(alert)
    if plan != before:
        for name, value in asdict(plan).items():
            setattr(alert, name, value)
    for language, words in variants.items():
        _write_variant(alert, language, words, by=by, at=at)
    languages = list(alert.variants.order_by("language").values_list("language", flat=True))
    if languages and alert.fallback_language not in languages:
        alert.fallback_language = languages[0]
    if plan_of(alert) != before:
        alert.save()
        editing.wrote(alert, by=by, at=at)
    record(AlertEdited(alert_id=alert.pk), by=by, at=at)
    return alert


def _write_variant(alert: Alert, language: str, words: Mapping[str, Any], *, by: Person, at: datetime) -> None:
    variant = AlertVariant.objects.filter(alert=alert, language=language).first()
    if not any(words.values()):
        if variant is not None:
            variant.delete()
        return
    if variant is None:
        variant = AlertVariant(alert=alert, language=language)
    elif all(getattr(variant, name) == value for name, value in words.items()):
        return
    for name, value in words.items():
        setattr(variant, name, value)
    variant.save()
    editing.wrote(variant, by=by, at=at)
