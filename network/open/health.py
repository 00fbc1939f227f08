"""/healthz: the process answers. /readyz: database, broker and clock answer too."""

from __future__ import annotations

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from network.models import Installation


def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"ok": True})


def readyz(request: HttpRequest) -> JsonResponse:
    """200 when a visitor can act: database up and migrated. A broker that is away is told, and does not stop signing."""
    database = _database()
    broker = _broker()
    return JsonResponse({"database": database, "broker": broker}, status=200 if database == "ready" else 503)


def _database() -> str:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "away"
    if waiting:
        return "migrations waiting"
    return "restoring" if Installation.objects.filter(is_settled=False).exists() else "ready"


def _broker() -> str:
    try:
        client = redis.Redis.from_url(
            str(settings.CACHES["default"]["LOCATION"]), socket_connect_timeout=0.3, socket_timeout=0.3
        )
        client.ping()
        client.close()
    except (redis.RedisError, OSError):
        return "away"
    return "ready"
