"""Words of campaigns and credits of photographs that were written before their columns were sealed are written again."""

from typing import Any

from django.db import migrations

SEALED = {
    "CampaignText": ["title", "context", "deck", "ask", "letter", "chain"],
    "Photo": ["credit", "licence"],
}


def seal(apps: Any, schema_editor: Any) -> None:
    for model, fields in SEALED.items():
        for row in apps.get_model("campaigns", model).objects.iterator():
            row.save(update_fields=fields)


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0010_seal_what_was_published")]
    operations = [migrations.RunPython(seal, migrations.RunPython.noop)]
