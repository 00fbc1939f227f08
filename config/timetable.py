"""What happens by the clock. Every entry is safe to miss and safe to ring twice."""

from __future__ import annotations

from typing import Any

EVERY_SECOND = 1.0
EVERY_FIVE_SECONDS = 5.0
EVERY_MINUTE = 60.0
HOURLY = 3600.0

TIMETABLE: dict[str, dict[str, Any]] = {
    "relay": {"task": "network.relay", "schedule": EVERY_SECOND, "options": {"queue": "prompt"}},
    "dispatch-notices": {
        "task": "notifications.dispatch_notices",
        "schedule": EVERY_FIVE_SECONDS,
        "options": {"queue": "prompt"},
    },
    "open-alerts": {
        "task": "notifications.open_alerts",
        "schedule": EVERY_FIVE_SECONDS,
        "options": {"queue": "bulk"},
    },
    "dispatch": {
        "task": "notifications.dispatch",
        "schedule": EVERY_FIVE_SECONDS,
        "options": {"queue": "bulk"},
    },
    "sweep": {
        "task": "notifications.sweep",
        "schedule": EVERY_FIVE_SECONDS,
        "options": {"queue": "prompt"},
    },
    "keep-silence": {
        "task": "campaigns.keep_silence",
        "schedule": EVERY_FIVE_SECONDS,
        "options": {"queue": "prompt"},
    },
    "sift": {"task": "campaigns.sift", "schedule": EVERY_FIVE_SECONDS, "options": {"queue": "bulk"}},
    "read-returned": {
        "task": "notifications.read_returned",
        "schedule": EVERY_MINUTE,
        "options": {"queue": "prompt"},
    },
    "forget-correction-addresses": {
        "task": "campaigns.forget_correction_addresses",
        "schedule": HOURLY,
        "options": {"queue": "prompt"},
    },
    "expire-participations": {
        "task": "campaigns.expire_participations",
        "schedule": HOURLY,
        "options": {"queue": "prompt"},
    },
    "forget-fingerprint-keys": {
        "task": "campaigns.forget_fingerprint_keys",
        "schedule": HOURLY,
        "options": {"queue": "prompt"},
    },
    "expire-endorsements": {"task": "network.expire_endorsements", "schedule": HOURLY, "options": {"queue": "prompt"}},
    "reconcile-tallies": {"task": "campaigns.reconcile_tallies", "schedule": HOURLY, "options": {"queue": "prompt"}},
    "forget-notices": {"task": "notifications.forget_notices", "schedule": HOURLY, "options": {"queue": "prompt"}},
    "forget-contacts": {"task": "network.forget_contacts", "schedule": HOURLY, "options": {"queue": "prompt"}},
    "forget-publication-changes": {
        "task": "network.forget_publication_changes",
        "schedule": HOURLY,
        "options": {"queue": "prompt"},
    },
    "write-audit-head": {"task": "network.write_audit_head", "schedule": HOURLY, "options": {"queue": "prompt"}},
    "clear-sessions": {"task": "network.clear_sessions", "schedule": HOURLY, "options": {"queue": "prompt"}},
}
