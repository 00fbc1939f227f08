"""What wakes the engine: a commit of ours, a report of a mail provider's."""

from __future__ import annotations

from typing import Any

from anymail.signals import AnymailTrackingEvent, tracking
from django.utils import timezone

from network.tasks import ring
from notifications.channels.provider import LETTER
from notifications.engine import permanence, reporting
from notifications.engine.composing import place_of_ids
from notifications.signals import bulk_waiting, notices_waiting


def connect() -> None:
    notices_waiting.connect(_wake_prompt, dispatch_uid="notifications.prompt")
    bulk_waiting.connect(_wake_bulk, dispatch_uid="notifications.bulk")
    tracking.connect(_hear, dispatch_uid="notifications.reports")


def _wake_prompt(**kwargs: Any) -> None:
    ring("notifications.dispatch_notices", queue="prompt")


def _wake_bulk(**kwargs: Any) -> None:
    ring("notifications.open_alerts", queue="bulk")
    ring("notifications.dispatch", queue="bulk")


def _hear(event: AnymailTrackingEvent, esp_name: str, **kwargs: Any) -> None:
    """Its own words and whatever else is in it are kept nowhere: they may hold an address of a computer."""
    now = timezone.now()
    letter = (event.metadata or {}).get(LETTER)
    report = reporting.Report(
        event=event.event_type,
        address=event.recipient or "",
        reason=event.reject_reason or "",
        message_id=f"{letter}@{place_of_ids()}" if letter else (event.message_id or "").strip("<>"),
        happened_at=event.timestamp or now,
        is_gone=permanence.is_gone(esp_name.lower(), event.esp_event),
    )
    reporting.hear(report, provider=esp_name.lower(), at=now)
