"""What a commit wakes in the engine."""

from __future__ import annotations

from typing import Any

from network.tasks import ring
from notifications.signals import bulk_waiting, notices_waiting


def connect() -> None:
    notices_waiting.connect(_wake_prompt, dispatch_uid="notifications.prompt")
    bulk_waiting.connect(_wake_bulk, dispatch_uid="notifications.bulk")


def _wake_prompt(**kwargs: Any) -> None:
    ring("notifications.dispatch_notices", queue="prompt")


def _wake_bulk(**kwargs: Any) -> None:
    ring("notifications.open_alerts", queue="bulk")
    ring("notifications.dispatch", queue="bulk")
