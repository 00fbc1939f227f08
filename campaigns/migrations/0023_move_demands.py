from django.db import migrations


def move(apps, schema_editor):
    Campaign, Demand = apps.get_model("campaigns", "Campaign"), apps.get_model("campaigns", "Demand")
    Target = apps.get_model("campaigns", "Target")
    for campaign in Campaign.objects.filter(demands=None).iterator():
        target_id = campaign.target_id or Target.objects.create().pk
        Demand.objects.create(campaign=campaign, asks=campaign.demand, target_id=target_id)


def move_back(apps, schema_editor):
    """The first of each campaign; it had no more before."""
    Campaign, Demand = apps.get_model("campaigns", "Campaign"), apps.get_model("campaigns", "Demand")
    for demand in Demand.objects.order_by("-position"):
        Campaign.objects.filter(pk=demand.campaign_id).update(demand=demand.asks, target=demand.target_id)


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0022_demands")]
    operations = [migrations.RunPython(move, move_back)]
