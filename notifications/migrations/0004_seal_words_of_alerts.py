"""Words of alerts that were written before their columns were sealed are written again."""

from typing import Any

from django.db import migrations

FIELDS = ["subject", "kicker", "preheader", "body", "body_text", "button"]


def seal(apps: Any, schema_editor: Any) -> None:
    for row in apps.get_model("notifications", "AlertVariant").objects.iterator():
        row.save(update_fields=FIELDS)


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_seal_what_was_published")]
    operations = [migrations.RunPython(seal, migrations.RunPython.noop)]
