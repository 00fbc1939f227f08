"""Sift: participations that are set apart together, because they are not people's, and can be put back together."""

from __future__ import annotations

from django.db import models

from campaigns.models.campaign.action import Action
from network.models import Person
from network.models.dialect import locked


class SiftQuerySet(models.QuerySet["Sift"]):
    def under_way(self) -> SiftQuerySet:
        return self.filter(state__in=Sift.UNDER_WAY).order_by("pk")

    def locked(self, pk: int) -> Sift:
        return locked(self).get(pk=pk)


class Sift(models.Model):
    class State(models.TextChoices):
        RUNNING = "running"
        DONE = "done"
        CANCELLED = "cancelled"  # stopped half way; what was set apart stays so until it is undone
        UNDOING = "undoing"
        UNDONE = "undone"

    UNDER_WAY = (State.RUNNING, State.UNDOING)

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="sifts")
    criteria = models.JSONField(default=dict)  # publishing.sifting.Criteria
    state = models.CharField(max_length=9, choices=State.choices, default=State.RUNNING)
    found = models.PositiveIntegerField()  # how many there were when it began
    set_apart = models.PositiveIntegerField(default=0)  # and are now
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = SiftQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
