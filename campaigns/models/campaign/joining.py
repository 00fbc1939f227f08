"""Joining: a person in a campaign, until they leave."""

from __future__ import annotations

from django.db import models

from campaigns.models.campaign.campaign import Campaign
from network.models import Person


class JoiningQuerySet(models.QuerySet["Joining"]):
    def current(self) -> JoiningQuerySet:
        return self.filter(left_at=None)

    def unmuted(self) -> JoiningQuerySet:
        return self.filter(muted_at=None)

    def of(self, person: Person) -> JoiningQuerySet:
        return self.filter(person=person)


class Joining(models.Model):
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="joinings")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="joinings")
    joined_at = models.DateTimeField()
    muted_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    objects = JoiningQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "person"], name="one_joining_per_campaign")]
