"""The plan of a campaign: how often something should happen, and which step is meant for which day. Only we read it."""

from __future__ import annotations

from datetime import date

from django.db import models

from campaigns.models.campaign.campaign import Campaign
from network.models import Person
from network.models.dialect import locked
from network.models.sealed import SealedText


class Cadence(models.Model):
    campaign = models.OneToOneField(Campaign, primary_key=True, on_delete=models.CASCADE, related_name="cadence")
    every_days = models.PositiveSmallIntegerField()  # after so many without anything it is going quiet


class DeliveryPlanQuerySet(models.QuerySet["DeliveryPlan"]):
    def to_come(self) -> DeliveryPlanQuerySet:
        """Of campaigns that ask something, and have not handed over what people signed."""
        return self.filter(handed_over_at=None, campaign__state=Campaign.State.LIVE)


class DeliveryPlan(models.Model):
    """When and how what people signed is handed over, and how many we hope will sign before. No reader is told a goal: a number
    to reach invites making it up, and one that is missed is turned against whoever it was for."""

    campaign = models.OneToOneField(Campaign, primary_key=True, on_delete=models.CASCADE, related_name="delivery_plan")
    goal = models.PositiveIntegerField(default=0)  # signatures; 0: none was set
    on = models.DateField(null=True)
    how = SealedText(blank=True)  # by whom, to whom, where
    handed_over_at = models.DateTimeField(null=True)

    objects = DeliveryPlanQuerySet.as_manager()


class PlannedStepQuerySet(models.QuerySet["PlannedStep"]):
    def waiting(self) -> PlannedStepQuerySet:
        return self.filter(ended_at=None).order_by("on", "pk")

    def due_by(self, day: date) -> PlannedStepQuerySet:
        """Of campaigns that ask something, with a day not later than this."""
        return self.waiting().filter(on__lte=day, campaign__state=Campaign.State.LIVE)

    def locked(self, pk: int) -> PlannedStep:
        return locked(self).get(pk=pk)


class PlannedStep(models.Model):
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="planned_steps")
    on = models.DateField()
    words = SealedText()
    planned_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    planned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # done, or dropped
    is_done = models.BooleanField(default=False)

    objects = PlannedStepQuerySet.as_manager()
