"""PostgreSQL: leave room on each page of deliveries, so that a row is settled on the page where it lies."""

from typing import Any

from django.db import migrations

TABLE = "notifications_delivery"


def leave_room(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE {TABLE} SET (fillfactor = 50)")


class Migration(migrations.Migration):
    dependencies = [("notifications", "0005_settled_in_place")]
    operations = [migrations.RunPython(leave_room, migrations.RunPython.noop)]
