"""Delivery: one alert to one person by one channel."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from network.models import Person
from notifications.models.alert import Alert
from notifications.models.deliverable import Deliverable, DeliverableQuerySet


class DeliveryQuerySet(DeliverableQuerySet):
    def of(self, alert: Alert) -> DeliveryQuerySet:
        return self.filter(alert=alert)


class Delivery(Deliverable):
    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="deliveries")
    # Null after an erasure: the row still counts and points to nobody.
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="deliveries")
    channel = models.CharField(max_length=12, default="email")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alert", "person", "channel"], name="one_delivery_per_person_and_channel"),
        ]
        indexes = [
            models.Index(fields=["chunk", "state"]),
            models.Index(fields=["alert", "state"]),
            models.Index(fields=["not_before"], condition=Q(state="deferred"), name="delivery_deferred"),
        ]
