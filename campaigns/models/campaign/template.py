"""CampaignTemplate: the words and demands of a campaign, kept to begin others from. Nobody outside reads it."""

from __future__ import annotations

from django.db import models

from campaigns.models.campaign.campaign import Campaign
from campaigns.models.record.case import Case
from network.models import Person
from network.models.dialect import locked
from network.models.sealed import SealedJson


class CampaignTemplateQuerySet(models.QuerySet["CampaignTemplate"]):
    def by_name(self) -> CampaignTemplateQuerySet:
        return self.order_by("name", "pk")

    def locked(self, pk: int) -> CampaignTemplate | None:
        """None where somebody dropped it meanwhile."""
        return locked(self).filter(pk=pk).first()


class CampaignTemplate(models.Model):
    name = models.CharField(max_length=80)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="templates")
    cases = models.ManyToManyField(
        Case, related_name="templates"
    )  # whom its words may tell of; it goes with the first of them
    # {"texts": {language: {field: words}}, "demands": [as Demand.facts()], "zone": …, "petition": …, "every_days": … or None}
    kept = SealedJson(default=dict)
    saved_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    saved_at = models.DateTimeField()

    objects = CampaignTemplateQuerySet.as_manager()
