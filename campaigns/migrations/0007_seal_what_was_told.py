"""What was told before its columns were sealed is written again, sealed."""

from typing import Any

from django.db import migrations

SEALED = {"TimelineEvent": ["words"], "OwnWords": ["words"], "Correction": ["words"], "Photo": ["alt"]}


def seal(apps: Any, schema_editor: Any) -> None:
    for model, fields in SEALED.items():
        for row in apps.get_model("campaigns", model).objects.iterator():
            row.save(update_fields=fields)


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0006_seal_what_is_told")]
    operations = [migrations.RunPython(seal, migrations.RunPython.noop)]
