"""Handover: that a petition's names may be taken out on paper, asked for by one person and agreed to by another."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models

from campaigns.models.campaign.action import Action
from network.models import Person
from network.models.dialect import locked


class HandoverQuerySet(models.QuerySet["Handover"]):
    def latest_of(self, action_id: int) -> Handover | None:
        return self.filter(action=action_id).select_related("asked_by", "agreed_by").order_by("-pk").first()

    def asked(self, at: datetime) -> HandoverQuerySet:
        """Of which a second person has to say whether they agree."""
        return self.filter(agreed_at=None, asked_at__gt=at - timedelta(hours=settings.HANDOVER_HOURS))

    def locked(self, pk: int) -> Handover:
        return locked(self).get(pk=pk)


class Handover(models.Model):
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="handovers")
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    agreed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    agreed_at = models.DateTimeField(null=True)

    objects = HandoverQuerySet.as_manager()

    @property
    def ends_at(self) -> datetime | None:
        """Until when the names may be taken out; None while nobody has agreed."""
        return self.agreed_at + timedelta(hours=settings.HANDOVER_HOURS) if self.agreed_at else None

    def is_asked(self, at: datetime) -> bool:
        """And waits for a second person, not too long."""
        return self.agreed_at is None and at < self.asked_at + timedelta(hours=settings.HANDOVER_HOURS)

    def is_agreed(self, at: datetime) -> bool:
        return self.ends_at is not None and at < self.ends_at
