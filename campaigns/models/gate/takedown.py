"""Takedown: somebody else was asked to remove a copy of what we had shown: a web archive, a search engine, a network."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models

from campaigns.models.record.case import Case
from network.models import Person
from network.models.dialect import locked
from network.models.sealed import SealedText


class TakedownQuerySet(models.QuerySet["Takedown"]):
    def of_case(self, case_id: int) -> TakedownQuerySet:
        return self.filter(case=case_id).order_by("asked_at", "pk")

    def unanswered(self) -> TakedownQuerySet:
        return self.filter(outcome=Takedown.Outcome.ASKED)

    def to_ask_again(self, at: datetime) -> TakedownQuerySet:
        """Asked TAKEDOWN_REMINDER_DAYS ago or longer, and nobody has answered; who has waited longest first."""
        since = at - timedelta(days=settings.TAKEDOWN_REMINDER_DAYS)
        return self.unanswered().filter(asked_at__lte=since).order_by("asked_at", "pk")

    def locked(self, pk: int) -> Takedown:
        return locked(self).get(pk=pk)


class Takedown(models.Model):
    class Place(models.TextChoices):
        ARCHIVE = "archive"
        SEARCH = "search"
        SOCIAL = "social"
        PRESS = "press"
        PARTNER = "partner"
        OTHER = "other"

    class Outcome(models.TextChoices):
        ASKED = "asked"
        REMOVED = "removed"
        REFUSED = "refused"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="takedowns")
    place = models.CharField(max_length=8, choices=Place.choices)
    copy = SealedText()  # where the copy is: its address tells whose case it was
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.ASKED)
    asked_at = models.DateTimeField()  # the last time, if it was asked again
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = TakedownQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["outcome", "asked_at"])]
