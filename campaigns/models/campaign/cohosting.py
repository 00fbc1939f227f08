"""CoHosting: a partner that stands beside the host of a campaign, once the host agreed."""

from __future__ import annotations

from django.db import models

from campaigns.models.campaign.campaign import Campaign
from network.models import Organisation, Person
from network.models.dialect import locked


class CoHostingQuerySet(models.QuerySet["CoHosting"]):
    def asked(self) -> CoHostingQuerySet:
        return self.filter(state=CoHosting.State.ASKED).order_by("asked_at", "pk")

    def standing(self) -> CoHostingQuerySet:
        """Accepted, and the partner in good standing today."""
        partners = Organisation.objects.in_good_standing()
        return self.filter(state=CoHosting.State.ACCEPTED, organisation__in=partners).order_by("answered_at", "pk")

    def of(self, organisation: Organisation) -> CoHostingQuerySet:
        return self.filter(organisation=organisation).order_by("-asked_at", "-pk")

    def locked(self, pk: int) -> CoHosting:
        return locked(self).get(pk=pk)


class CoHosting(models.Model):
    class State(models.TextChoices):
        ASKED = "asked"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        ENDED = "ended"

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="co_hostings")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="co_hostings")
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    objects = CoHostingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "organisation"], name="one_cohosting_per_campaign")]
