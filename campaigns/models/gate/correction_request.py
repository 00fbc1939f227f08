"""CorrectionRequest: somebody asks to correct or remove what is published. It has a clock, and hides nothing by itself."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from campaigns.models.campaign.campaign import Campaign
from campaigns.models.record.case import Case
from network.models import Person
from network.models.dialect import locked
from network.models.sealed import SealedText


class CorrectionRequestQuerySet(models.QuerySet["CorrectionRequest"]):
    def waiting(self) -> CorrectionRequestQuerySet:
        return self.filter(answered_at=None).order_by("due_at", "pk")

    def from_address(self, address: str) -> list[CorrectionRequest]:
        """Sealed columns cannot be compared in a query; those with an address are few and empty themselves in days."""
        return [row for row in self.exclude(address="") if row.address == address]

    def answered_before(self, moment: datetime) -> CorrectionRequestQuerySet:
        return self.filter(answered_at__lt=moment)

    def locked(self, pk: int) -> CorrectionRequest:
        return locked(self).get(pk=pk)


class CorrectionRequest(models.Model):
    class Wish(models.TextChoices):
        CORRECT = "correct"
        REMOVE = "remove"
        REPORT = "report"  # it breaks our own principles

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="correction_requests")
    campaign = models.ForeignKey(Campaign, null=True, on_delete=models.CASCADE, related_name="+")  # on whose page
    wish = models.CharField(max_length=8, choices=Wish.choices)
    words = SealedText()
    address = SealedText(blank=True)  # only if they want an answer; emptied some days after it
    language = models.CharField(max_length=8, default="en")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    answer = SealedText(blank=True)  # what was done; seen in the workspace only

    objects = CorrectionRequestQuerySet.as_manager()
