"""What a commit wakes."""

from __future__ import annotations

from typing import Any

from network.signals import event_committed
from network.tasks import ring


def connect() -> None:
    event_committed.connect(_wake_the_relay, dispatch_uid="network.relay")


def _wake_the_relay(**kwargs: Any) -> None:
    ring("network.relay", queue="prompt")
