"""CampaignCase: one more person whom a campaign is for, beside the one it leads with."""

from __future__ import annotations

from django.db import models

from campaigns.models.record.case import Case


class CampaignCase(models.Model):
    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.CASCADE, related_name="beside")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="beside")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["campaign", "case"], name="one_case_once_in_a_campaign")]
