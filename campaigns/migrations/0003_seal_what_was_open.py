"""Names and requests that were written before their columns were sealed are written again, sealed."""

from typing import Any

from django.db import migrations

SEALED = {"DefenderName": ["text", "short"], "CorrectionRequest": ["words", "answer"]}


def seal(apps: Any, schema_editor: Any) -> None:
    for model, fields in SEALED.items():
        for row in apps.get_model("campaigns", model).objects.iterator():
            row.save(update_fields=fields)


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0002_the_record")]
    operations = [migrations.RunPython(seal, migrations.RunPython.noop)]
