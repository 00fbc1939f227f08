"""Demand: one thing that a campaign asks of one office."""

from __future__ import annotations

from typing import Any

from django.db import models

from campaigns.models.campaign.campaign import Campaign
from campaigns.models.campaign.target import Target
from network.models import Person
from network.models.dialect import locked


class DemandQuerySet(models.QuerySet["Demand"]):
    def locked(self, pk: int) -> Demand:
        return locked(self).get(pk=pk)

    def unmet(self) -> DemandQuerySet:
        return self.filter(met_at=None)

    def to_be_seen(self) -> DemandQuerySet:
        """Said to be met, by somebody who is still here; a second person has not looked."""
        return self.exclude(met_at=None).exclude(met_by=None).filter(met_seen_at=None)

    def seen_met(self) -> DemandQuerySet:
        """As a second person looked: what readers are told."""
        return self.exclude(met_at=None).exclude(met_seen_at=None)


class Demand(models.Model):
    class Asks(models.TextChoices):
        RELEASE = "release"
        DROP_CHARGES = "drop_charges"
        FAIR_TRIAL = "fair_trial"
        MEDICAL_CARE = "medical_care"
        FAMILY_ACCESS = "family_access"
        END_HARASSMENT = "end_harassment"
        INVESTIGATE = "investigate"  # what remains to be asked for somebody who has died

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="demands")
    position = models.PositiveSmallIntegerField(default=1)
    asks = models.CharField(max_length=20, choices=Asks.choices, blank=True)
    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="demands")
    # The office did what was asked: nothing more is asked of it. Readers are told once a second person has looked.
    met_at = models.DateTimeField(null=True)
    met_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    met_seen_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    met_seen_at = models.DateTimeField(null=True)

    objects = DemandQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["campaign", "position"], name="one_demand_per_position")]

    @property
    def says_more(self) -> bool:
        """More than what is asked and the office's title."""
        salutations = any(one.salutation for one in self.target.texts.all())
        return bool(salutations or self.target.country or self.target.languages)

    def facts(self) -> dict[str, Any]:
        """What is approved of it, in canonical form."""
        texts = sorted(self.target.texts.all(), key=lambda one: one.language)
        return {
            "asks": self.asks,
            "titles": {one.language: one.title for one in texts},
            "salutations": {one.language: one.salutation for one in texts if one.salutation},
            "country": self.target.country,
            "languages": sorted(self.target.languages),
        }
