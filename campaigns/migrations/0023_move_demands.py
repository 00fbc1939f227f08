from django.db import migrations


def move(apps, schema_editor):
    Campaign, Demand = apps.get_model("campaigns", "Campaign"), apps.get_model("campaigns", "Demand")
    Target = apps.get_model("campaigns", "Target")
    for campaign in Campaign.objects.filter(demands=None).iterator():
        target_id = campaign.target_id or Target.objects.create().pk
        Demand.objects.create(campaign=campaign, asks=campaign.demand, target_id=target_id)


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0022_demands")]
    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
