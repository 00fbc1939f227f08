"""Message: what a supporter wrote for somebody, on its way past a moderator into a batch that is handed over."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from campaigns.models.campaign.action import Action
from campaigns.models.campaign.campaign import Campaign
from campaigns.models.campaign.participation import Participation
from network.models import Person
from network.models.dialect import locked
from network.models.part import digest_of


class Batch(models.Model):
    """Messages that are handed over together."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="batches")
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    handed_over_on = models.DateField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["action", "number"], name="one_batch_per_number")]


class MessageQuerySet(models.QuerySet["Message"]):
    def standing(self) -> MessageQuerySet:
        """Of which the writer took nothing back."""
        return self.filter(participation__state=Participation.State.CONFIRMED)

    def waiting(self) -> MessageQuerySet:
        """To be read. Of a campaign that is over, or for somebody who took their consent back, none is: they would go nowhere."""
        going = self.standing().filter(state=Message.State.WAITING, participation__action__campaign__closed_at=None)
        return going.exclude(participation__action__campaign__in=Campaign.objects.left_in_peace())

    def accepted(self) -> MessageQuerySet:
        return self.standing().filter(state=Message.State.ACCEPTED)

    def with_words(self) -> MessageQuerySet:
        """And what they are read as of."""
        return self.select_related("participation__action__campaign")

    def free_for(self, person: Person, at: datetime) -> MessageQuerySet:
        """Which nobody else is looking at, and this person did not write."""
        since = at - timedelta(minutes=settings.MODERATION_CLAIM_MINUTES)
        free = Q(claimed_by=None) | Q(claimed_by=person) | Q(claimed_at__lt=since)
        return self.filter(free).exclude(participation__person=person)

    def of_action(self, action_id: int) -> MessageQuerySet:
        return self.filter(participation__action=action_id)

    def locked(self, pk: int) -> Message:
        return locked(self).get(pk=pk)


class Message(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting"
        ACCEPTED = "accepted"
        DECLINED = "declined"

    class Reason(models.TextChoices):
        """Why a message does not go; the writer is told."""

        MAY_HARM = "may_harm"
        RULED_OUT = "ruled_out"  # by the action's own rules
        OFF_TOPIC = "off_topic"
        UNKIND = "unkind"
        UNREADABLE = "unreadable"

    participation = models.OneToOneField(Participation, on_delete=models.CASCADE, related_name="message")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    submitted_at = models.DateTimeField()
    claimed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    claimed_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)  # of the words and the name as they were accepted
    batch = models.ForeignKey(Batch, null=True, on_delete=models.SET_NULL, related_name="messages")

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["submitted_at"], condition=Q(state="waiting"), name="message_waiting")]

    def digest_now(self) -> str:
        """Of what a moderator read: the words, under which name they would go, and for whom the campaign was."""
        row = self.participation
        said = {"words": row.words, "name": row.name, "shown": row.answers}
        return digest_of(said | row.action.campaign.since)

    @property
    def is_as_accepted(self) -> bool:
        return self.state == self.State.ACCEPTED and self.digest == self.digest_now()
