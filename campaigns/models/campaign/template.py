"""CampaignTemplate: the words and demands of a campaign, kept to begin others from. Nobody outside reads it."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef

from campaigns.models.campaign.campaign import Campaign
from campaigns.models.campaign.campaign_case import CampaignCase
from network.models import Person
from network.models.dialect import locked
from network.models.sealed import SealedJson


class CampaignTemplateQuerySet(models.QuerySet["CampaignTemplate"]):
    def usable(self) -> CampaignTemplateQuerySet:
        """Not of a campaign of which somebody asked for silence: its words tell of them."""
        silent = CampaignCase.objects.filter(campaign=OuterRef("campaign"), case__withdrawn_at__isnull=False)
        return self.filter(~Exists(silent), campaign__case__withdrawn_at=None).order_by("name", "pk")

    def locked(self, pk: int) -> CampaignTemplate:
        return locked(self).get(pk=pk)


class CampaignTemplate(models.Model):
    name = models.CharField(max_length=80)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="templates")
    # {"texts": {language: {field: words}}, "demands": [as Demand.facts()], "zone": …, "petition": …, "every_days": … or None}
    kept = SealedJson(default=dict)
    saved_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    saved_at = models.DateTimeField()

    objects = CampaignTemplateQuerySet.as_manager()
