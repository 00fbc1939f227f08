"""Words, pictures and addresses that were written before their columns were sealed are written again, sealed; of a retired
address that held a name its hash is kept."""

import re
from typing import Any
from uuid import uuid4

from django.db import migrations

from campaigns.models.record.case import hash_of_slug

SEALED = {"CaseText": ["who", "summary", "story"], "PhotoFile": ["content"], "CorrectionRequest": ["address"]}
RANDOM = re.compile("[abcdefghjkmnpqrstuvwxyz23456789]{10}")


def seal(apps: Any, schema_editor: Any) -> None:
    for model, fields in SEALED.items():
        for row in apps.get_model("campaigns", model).objects.iterator():
            row.save(update_fields=fields)
    for row in apps.get_model("campaigns", "PageAddress").objects.exclude(retired_at=None):
        if not RANDOM.fullmatch(row.slug):
            row.slug, row.holder = hash_of_slug(row.slug), uuid4()
            row.save(update_fields=["slug", "holder"])


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0004_named_until_and_sealed_words")]
    operations = [migrations.RunPython(seal, migrations.RunPython.noop)]
