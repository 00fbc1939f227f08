"""Whatever was published or launched before may have been read by name: only what never was is known not to have been."""

from typing import Any

from django.db import migrations
from django.db.models import F


def note(apps: Any, schema_editor: Any) -> None:
    case, campaign = apps.get_model("campaigns", "Case"), apps.get_model("campaigns", "Campaign")
    launched = campaign.objects.exclude(launched_at=None).values("case")
    for rows in (case.objects.exclude(first_published_at=None), case.objects.filter(pk__in=launched)):
        rows.filter(name_approved_at=None).update(name_approved_at=F("created_at"))


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0008_from_when_a_name_was_read")]
    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
