"""PaperSheets: signatures given on paper, counted by somebody, looked at by a second person, and never mixed into the others."""

from __future__ import annotations

from django.db import models
from django.db.models import Sum

from campaigns.models.campaign.action import Action
from network.models import Person
from network.models.dialect import locked
from network.models.sealed import SealedText


class PaperSheetsQuerySet(models.QuerySet["PaperSheets"]):
    def standing(self) -> PaperSheetsQuerySet:
        return self.filter(taken_back_at=None)

    def to_be_counted(self) -> PaperSheetsQuerySet:
        return self.standing().filter(verified_at=None)

    def signatures_on(self, action_id: int) -> int:
        """Of what a second person looked at."""
        told = self.standing().filter(action=action_id).exclude(verified_at=None)
        return told.aggregate(total=Sum("signatures"))["total"] or 0

    def locked(self, pk: int) -> PaperSheets:
        return locked(self).get(pk=pk)


class PaperSheets(models.Model):
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="paper_sheets")
    signatures = models.PositiveIntegerField()
    reason = SealedText()  # where they were gathered, why on paper, and how they were counted
    entered_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    entered_at = models.DateTimeField()
    verified_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    verified_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)

    objects = PaperSheetsQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
