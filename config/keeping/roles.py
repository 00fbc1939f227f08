"""Roles in PostgreSQL: migrations run as the owner; the application runs as a role that cannot rewrite the audit."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connections

INSERT_ONLY = ("network_auditentry", "network_audithead")


def application_role() -> str | None:
    """The role that DATABASE_URL signs in as, where the owner's is another; None where there is only one."""
    if not settings.DATABASE_OWNER_URL:
        return None
    role, owner = (urlsplit(url).username or "" for url in (settings.DATABASE_URL, settings.DATABASE_OWNER_URL))
    return role if role and role != owner else None


def keep(role: str, *, using: str = "default") -> None:
    """Give a role what the application needs and no more: to read and write every table, and to add to the audit without
    ever changing or removing what is there. Run as the tables' owner; repeated, it changes nothing."""
    connection = connections[using]
    quoted = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quoted}")
        database = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"GRANT TEMPORARY ON DATABASE {database} TO {quoted}")  # an alert is opened through such a table
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}")
        for table in INSERT_ONLY:
            name = connection.ops.quote_name(table)
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {name} FROM {quoted}")


def after_migrations(*, using: str, **kwargs: Any) -> None:
    role = application_role()
    if role is not None and connections[using].vendor == "postgresql":
        keep(role, using=using)
