"""CampaignCase: one more person whom a campaign is for, beside the one it leads with; or was for, or began from words about."""

from __future__ import annotations

from django.db import models

from campaigns.models.record.case import Case


class CampaignCaseQuerySet(models.QuerySet["CampaignCase"]):
    def standing(self) -> CampaignCaseQuerySet:
        """Whom it is for."""
        return self.filter(left_at=None)


class CampaignCase(models.Model):
    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.CASCADE, related_name="beside")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="beside")
    position = models.PositiveSmallIntegerField()
    # It is not for them any more. The row stays: what was written while it was may still tell of them, and is guarded by it.
    left_at = models.DateTimeField(null=True)

    objects = CampaignCaseQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["campaign", "case"], name="one_case_once_in_a_campaign")]
