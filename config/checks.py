"""What must not boot, each named: run by `check`, by the workers and by the web server's first request."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError


@register(Tags.security)
def unsafe_combinations(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Settings that contradict a promise made to supporters."""
    found: list[CheckMessage] = []
    if settings.TRIAL:
        return found
    if settings.DEBUG:
        found.append(Error("DEBUG shows names and queries to strangers; switch it off.", id="hamseda.E001"))
    if not settings.SITE_URL.startswith("https://") and not settings.SITE_URL.endswith(".onion"):
        found.append(Error("SITE_URL must begin with https:// (or be an onion address).", id="hamseda.E002"))
    if not settings.DEFAULT_FROM_EMAIL:
        found.append(Error("MAIL_FROM is not set: no mail could be answered.", id="hamseda.E003"))
    if not settings.OPERATOR_NAME or not settings.OPERATOR_ADDRESS:
        found.append(
            Error("OPERATOR_NAME and OPERATOR_ADDRESS are printed under every alert; set both.", id="hamseda.E004")
        )
    if len(settings.FIELD_KEYS) == 1:
        said = (
            "FIELD_KEYS is not set: names and photographs are sealed with SECRET_KEY alone, and neither can be changed."
        )
        found.append(Warning(said, id="hamseda.W002"))
    if "sqlite3" in settings.DATABASES["default"]["ENGINE"]:
        found.append(Warning("SQLite serves up to about 50,000 people; see docs/adr/0001.", id="hamseda.W001"))
    return found


@register(Tags.database)
def trial_database(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """A database seeded by a trial holds doors that anybody can open: production refuses it.

    Runs with `check --database default`, and at the start of every worker (see network.tasks).
    """
    if not databases or settings.TRIAL:
        return []
    from network.flows.installing import is_trial_database

    try:
        marked = is_trial_database()
    except DatabaseError:  # not migrated, or away: readyz says so, and nothing is served from it
        return []
    if marked:
        return [
            Error(
                "This database was made by a trial (its sign-in links are public). Start with an empty one.",
                id="hamseda.E005",
            )
        ]
    return []
