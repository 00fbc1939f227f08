"""Harm: something bad that happened after a campaign acted. It takes the campaign off until two people have looked."""

from __future__ import annotations

from django.db import models

from campaigns.models.campaign.campaign import Campaign
from network.models import Person
from network.models.dialect import locked
from network.models.sealed import SealedText


class HarmQuerySet(models.QuerySet["Harm"]):
    def unreviewed(self) -> HarmQuerySet:
        return self.filter(reviewed_at=None)

    def locked(self, pk: int) -> Harm:
        return locked(self).get(pk=pk)


class Harm(models.Model):
    class What(models.TextChoices):
        FAMILY_PRESSED = "family_pressed"
        TREATED_WORSE = "treated_worse"
        NEW_CHARGE = "new_charge"
        SUPPORTER_HURT = "supporter_hurt"
        SOURCE_EXPOSED = "source_exposed"
        OTHER = "other"

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="harms")
    what = models.CharField(max_length=16, choices=What.choices)
    on = models.DateField()
    note = SealedText(blank=True)
    recorded_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    found = SealedText(blank=True)  # what the second person found, and what is done differently

    objects = HarmQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
