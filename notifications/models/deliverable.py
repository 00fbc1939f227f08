"""Deliverable: what Delivery, Notice and Letter share. One engine moves them all."""

from __future__ import annotations

from django.db import models

from notifications.models.chunk import Chunk


class DeliverableQuerySet(models.QuerySet):
    def queued(self) -> DeliverableQuerySet:
        return self.filter(state=Deliverable.State.QUEUED)

    def handed_over(self) -> DeliverableQuerySet:
        return self.filter(state=Deliverable.State.HANDED_OVER)

    def deferred(self) -> DeliverableQuerySet:
        """Refused for now. not_before is theirs alone, and finds them among millions."""
        return self.filter(state=Deliverable.State.DEFERRED, not_before__isnull=False)

    def unsettled(self) -> DeliverableQuerySet:
        return self.exclude(state__in=Deliverable.FINAL)


class Deliverable(models.Model):
    class State(models.TextChoices):
        QUEUED = "queued"
        HANDED_OVER = "handed_over"  # a provider has it and has not answered
        DEFERRED = "deferred"  # refused for now; not_before says when next
        SENT = "sent"
        BOUNCED = "bounced"  # refused for good
        DROPPED = "dropped"  # not sent on purpose; reason says why
        UNCERTAIN = "uncertain"  # handed over, then a crash or no answer: perhaps sent; somebody may send it again

    FINAL = (State.SENT, State.BOUNCED, State.DROPPED, State.UNCERTAIN)
    TO_ANSWER = (State.QUEUED, State.HANDED_OVER)  # in a chunk that a worker holds

    chunk = models.ForeignKey(
        Chunk, null=True, on_delete=models.SET_NULL, related_name="%(class)s_rows", db_constraint=False
    )
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    reason = models.CharField(max_length=40, blank=True)  # a code: smtp-550, expired, suppressed, withdrawn…
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    token = models.BigIntegerField(null=True)  # of the lease that settled it
    settled_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
