"""The ordered log: what happened, in one order that every consumer sees alike."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from network.events import Audience
from network.models.organisation import Organisation


class OutboxEventQuerySet(models.QuerySet["OutboxEvent"]):
    def unnumbered(self) -> OutboxEventQuerySet:
        return self.filter(position=None)

    def after(self, position: int) -> OutboxEventQuerySet:
        """Numbered events past a position, in order. Never read the log by id: commits do not follow ids."""
        return self.filter(position__gt=position).order_by("position")

    def named(self, *names: str) -> OutboxEventQuerySet:
        return self.filter(name__in=names)

    def for_audience(self, organisation: Organisation | None) -> OutboxEventQuerySet:
        """What an organisation may be told: what everybody may, and what names it. None: the public."""
        if organisation is None:
            return self.filter(audience=Audience.PUBLIC)
        named = OutboxAudience.objects.filter(event=models.OuterRef("pk"), organisation=organisation)
        return self.filter(models.Q(audience=Audience.PUBLIC) | models.Q(models.Exists(named), audience=Audience.NAMED))


class OutboxEvent(models.Model):
    """A DomainEvent as stored. `position` is given by the sequencer after commit: gapless, ascending, final."""

    id = models.BigAutoField(primary_key=True)
    position = models.BigIntegerField(null=True, unique=True)
    name = models.CharField(max_length=64)
    subject_id = models.CharField(max_length=36, blank=True)
    payload = models.JSONField(default=dict)
    audience = models.CharField(max_length=8, choices=[(a.value, a.value) for a in Audience], default=Audience.NONE)
    actor_handle = models.UUIDField(null=True)  # Person.audit_handle at the time; null: nobody, or the clock
    happened_at = models.DateTimeField()

    objects = OutboxEventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=models.Q(position=None), name="outbox_unnumbered"),
            models.Index(fields=["subject_id", "name"], name="outbox_subject"),
        ]


class OutboxAudience(models.Model):
    """An organisation that may be told of an event whose audience is "named"."""

    event = models.ForeignKey(OutboxEvent, on_delete=models.CASCADE, related_name="organisations")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "organisation"], name="one_audience_row")]


class LogHead(models.Model):
    """The last position given, and the log's epoch: a restore begins a new one. A single row."""

    singleton = models.BooleanField(primary_key=True, default=True)
    position = models.BigIntegerField(default=0)
    epoch = models.UUIDField(default=uuid4)
