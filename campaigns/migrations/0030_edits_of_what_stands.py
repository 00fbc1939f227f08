"""Whoever wrote last in what is approved part by part has edited it: from now on every edit is kept (network.Edit)."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

WRITTEN = ("Campaign", "CampaignText", "Action", "ActionText", "Update", "UpdateText", "Case", "CaseText", "Photo")


def keep_last_edits(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    edits, now = apps.get_model("network", "Edit"), timezone.now()
    for name in WRITTEN:
        rows = apps.get_model("campaigns", name).objects.exclude(written_by=None).values_list("pk", "written_by")
        table = f"campaigns.{name.lower()}"
        edits.objects.bulk_create(
            edits(table=table, row_id=pk, by_id=by, at=now) for pk, by in rows.iterator(chunk_size=1000)
        )


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0029_begun_from"), ("network", "0007_edit")]
    operations = [migrations.RunPython(keep_last_edits, migrations.RunPython.noop)]
