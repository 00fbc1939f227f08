"""Remembering: what must stay silent outlives the database that forgot it.

Withdrawals, erasures and revocations are appended to a ledger, a file on a volume of its own, ids only. A restore loads a
database that is older than some of them, and replays what came after. The file is written and fsynced before the
consumer's position moves: repeated at worst, never lost. It is the one flow that touches a file, and for that reason.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from network.models import OutboxEvent

Replay = Callable[[dict[str, Any], datetime], None]

_remembered: dict[str, Replay] = {}


def remember(event: type, replay: Replay) -> None:
    """Register an event whose effect a restore must repeat; replay(payload, at) must be harmless when repeated."""
    _remembered[event.__name__] = replay


def remembered() -> list[str]:
    return list(_remembered)


def ledger() -> Path:
    return Path(settings.LEDGER_DIR) / "ledger.jsonl"


def append(events: Sequence[OutboxEvent]) -> None:
    """The consumer's work: one line per event that must not be forgotten."""
    lines = [
        json.dumps({"event": event.name, "payload": event.payload, "at": event.happened_at.isoformat()}) + "\n"
        for event in events
        if event.name in _remembered
    ]
    if not lines:
        return
    path = ledger()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())


def length() -> int:
    """How many lines the ledger has now; a backup keeps this number."""
    try:
        with ledger().open("rb") as file:
            return sum(1 for _ in file)
    except FileNotFoundError:
        return 0


def replay(*, after: int, at: datetime) -> int:
    """Repeat every line past the first `after`; returns how many. A torn last line, from a crash, is left out: its
    event was not consumed, so it is in no backup's past."""
    try:
        lines = ledger().read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return 0
    replayed = 0
    for line in lines[after:]:
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if entry["event"] in _remembered:
            _remembered[entry["event"]](entry["payload"], at)
            replayed += 1
    return replayed
