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

    def kept_for(self, person: Person, channel: str) -> DeliveryQuerySet:
        """The letters that lie here for somebody, the newest first."""
        there = self.filter(person=person, channel=channel, state=Deliverable.State.SENT)
        return there.select_related("alert__campaign__case").order_by("-settled_at", "-pk")


class Delivery(Deliverable):
    # Rows come by the million in the transaction that makes their chunk and holds their alert: a check of each by the database
    # would cost as much as the row. The unique constraint below begins with the alert, and so is its index too.
    alert = models.ForeignKey(
        Alert, on_delete=models.CASCADE, related_name="deliveries", db_constraint=False, db_index=False
    )
    # Null after an erasure: the row still counts and points to nobody. Without a check by the database, which would lock and
    # so rewrite each person's row: whoever is gone is in no audience, and that is asked again before anything leaves.
    person = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="deliveries", db_constraint=False
    )
    channel = models.CharField(max_length=12, default="email")

    NOT_GOT = (Deliverable.State.BOUNCED, Deliverable.State.DROPPED)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alert", "person", "channel"], name="one_delivery_per_person_and_channel"),
        ]
        # None of them looks at the state: so PostgreSQL settles a row in place, without touching an index.
        indexes = [
            models.Index(fields=["not_before"], condition=Q(not_before__isnull=False), name="delivery_later"),
        ]
