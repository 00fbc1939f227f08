"""Permanence: whether a provider's own words say that a mailbox is not there, or only that it takes nothing now.

Anymail's common words do not tell the two apart: a full mailbox, a letter that is too large and one nobody has are all
"bounced". Where a provider says nothing of it, no mailbox is called dead: one that refuses again and again comes to rest anyhow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Said = Mapping[str, Any]


def _sparkpost_class(said: Said) -> str:
    events = said.get("msys", {})
    first: Any = next(iter(events.values()), {}) if isinstance(events, Mapping) else {}
    return str(first.get("bounce_class", "")) if isinstance(first, Mapping) else ""


def _unisender_status(said: Said) -> str:
    return str((said.get("delivery_info") or {}).get("delivery_status", ""))


# {provider: whether what it said means that the mailbox is not there}. Source: each provider's reference of its webhooks.
GONE: dict[str, Callable[[Said], bool]] = {
    "brevo": lambda said: said.get("event") in {"hard_bounce", "invalid_email"},
    "mailersend": lambda said: said.get("type") == "activity.hard_bounced",
    "mailgun": lambda said: (said.get("event-data") or {}).get("severity") == "permanent",
    "mailjet": lambda said: said.get("hard_bounce") in {True, "true"},
    "mailtrap": lambda said: said.get("event") == "bounce",
    "mandrill": lambda said: said.get("event") == "hard_bounce",
    "postal": lambda said: False,  # it hands on what came back, and does not judge it
    "postmark": lambda said: said.get("Type") in {"HardBounce", "BadEmailAddress"},
    "sparkpost": lambda said: _sparkpost_class(said) in {"10", "30"},
    "unisender go": lambda said: (
        _unisender_status(said) in {"err_user_unknown", "err_user_inactive", "err_domain_inactive"}
    ),
}


def is_gone(provider: str, said: Any) -> bool:
    """provider: by its name in anymail, in small letters; said: its report as it came."""
    judge = GONE.get(provider)
    return judge is not None and isinstance(said, Mapping) and judge(said)
