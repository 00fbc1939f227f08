"""Suppression: an address we must not write to, why, and since when."""

from __future__ import annotations

from django.db import models


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    def in_force(self) -> SuppressionQuerySet:
        return self.filter(released_at=None)

    def stopping_everything(self) -> SuppressionQuerySet:
        """A hard bounce stops all mail; a complaint stops alerts only."""
        return self.in_force().filter(reason=Suppression.Reason.HARD_BOUNCE)


class Suppression(models.Model):
    class Reason(models.TextChoices):
        HARD_BOUNCE = "hard_bounce"
        COMPLAINT = "complaint"
        MANUAL = "manual"

    address = models.CharField(max_length=254, db_index=True)
    reason = models.CharField(max_length=16, choices=Reason.choices)
    source = models.CharField(max_length=40)  # smtp-550, webhook, steward…
    created_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["address", "reason"], condition=models.Q(released_at=None), name="one_suppression_in_force"
            ),
        ]
