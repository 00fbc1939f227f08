"""Whoever wrote last in an alert has edited it: from now on every edit is kept (network.Edit)."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone


def keep_last_edits(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    edits, now = apps.get_model("network", "Edit"), timezone.now()
    for name in ("Alert", "AlertVariant"):
        rows = apps.get_model("notifications", name).objects.exclude(written_by=None).values_list("pk", "written_by")
        table = f"notifications.{name.lower()}"
        edits.objects.bulk_create(
            edits(table=table, row_id=pk, by_id=by, at=now) for pk, by in rows.iterator(chunk_size=1000)
        )


class Migration(migrations.Migration):
    dependencies = [("notifications", "0016_letters_to_offices"), ("network", "0007_edit")]
    operations = [migrations.RunPython(keep_last_edits, migrations.RunPython.noop)]
