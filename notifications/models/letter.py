"""Letter: what one person wrote to one office; LetterLane: the way of such letters to it, at its pace and in its hours."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from campaigns.models import Action, Message, Participation
from network.models.dialect import locked
from notifications.models.deliverable import Deliverable, DeliverableQuerySet
from notifications.models.hours import Hours
from notifications.models.suppression import Suppression

HOUR = timedelta(hours=1)


class LetterLaneQuerySet(models.QuerySet["LetterLane"]):
    def going(self) -> LetterLaneQuerySet:
        return self.filter(is_held=False)

    def with_letters(self) -> LetterLaneQuerySet:
        """In which something has not left yet, whether it may or not."""
        return self.filter(pk__in=Letter.objects.in_a_lane().values("lane"))

    def locked(self, pk: int) -> LetterLane:
        return locked(self).get(pk=pk)


class LetterLane(models.Model):
    action = models.OneToOneField(Action, on_delete=models.CASCADE, related_name="lane")
    mailbox = models.CharField(max_length=254)  # of the office
    zone = models.CharField(max_length=48)  # of the tz database: where the office is
    per_hour = models.PositiveSmallIntegerField()
    per_day = models.PositiveIntegerField(null=True)  # of the office's day; null: as many as its hours let
    from_hour = models.PositiveSmallIntegerField()
    to_hour = models.PositiveSmallIntegerField()
    # Nothing leaves until an approver has seen what arrives and lets it; and again from whenever somebody holds it.
    is_held = models.BooleanField(default=True)
    used_until = models.DateTimeField(null=True)  # the moment up to which the pace is used up

    objects = LetterLaneQuerySet.as_manager()

    @property
    def hours(self) -> Hours:
        return Hours(self.from_hour, self.to_hour)

    @property
    def is_refused(self) -> bool:
        """The office's mailbox is dead, or somebody put it on the list of those who get nothing."""
        return Suppression.objects.in_force().of_mailbox(self.mailbox).exists()

    @property
    def gap(self) -> timedelta:
        """Between two letters."""
        return HOUR / self.per_hour

    def day_begins(self, at: datetime) -> datetime:
        """Of the office's day that runs at a moment."""
        return at.astimezone(ZoneInfo(self.zone)).replace(hour=0, minute=0, second=0, microsecond=0)

    def next_day(self, at: datetime) -> datetime:
        """The first moment of the office's next one."""
        begins = self.day_begins(at)
        return (begins + timedelta(days=1)).replace(hour=0)

    def earliest(self, at: datetime) -> datetime:
        """When the pace and the hours let the next one leave; at most LETTERS_CATCH_UP_SECONDS of pace wait unused."""
        due = at if self.used_until is None else max(at, self.used_until + self.gap)
        return self.hours.next_in(self.zone, at=due).begins

    def due(self, *, left_today: int, at: datetime) -> int:
        """How many the pace, the hours and the day let leave at a moment, of as many as there are."""
        if self.hours.next_in(self.zone, at=at).begins > at:
            return 0
        number = int((at - self._paid(at)) / self.gap)
        return max(0, number if self.per_day is None else min(number, self.per_day - left_today))

    def use(self, number: int, *, at: datetime) -> None:
        self.used_until = self._paid(at) + number * self.gap

    def _paid(self, at: datetime) -> datetime:
        kept = max(self.gap, timedelta(seconds=settings.LETTERS_CATCH_UP_SECONDS))
        return at - self.gap if self.used_until is None else max(self.used_until, at - kept)


class LetterQuerySet(DeliverableQuerySet):
    def in_a_lane(self) -> LetterQuerySet:
        return self.filter(state=Deliverable.State.QUEUED, chunk=None)

    def to_be_looked_at(self) -> LetterQuerySet:
        """Those of a lane, but for what was found not to go just now, and is asked again later."""
        return self.in_a_lane().filter(Q(not_before=None) | Q(not_before__lte=Now()))

    def of(self, lane: LetterLane) -> LetterQuerySet:
        return self.filter(lane=lane)

    def sendable(self) -> LetterQuerySet:
        """Which their writers took nothing back of, which were read and accepted, of nobody who may be in danger."""
        mine = Q(participation__state=Participation.State.CONFIRMED, participation__person__at_risk=False)
        return self.filter(mine, participation__message__state=Message.State.ACCEPTED)

    def left_since(self, moment: datetime) -> LetterQuerySet:
        return self.filter(released_at__gte=moment)

    def first_come(self) -> LetterQuerySet:
        return self.order_by("queued_at", "pk")


class Letter(Deliverable):
    lane = models.ForeignKey(LetterLane, on_delete=models.CASCADE, related_name="letters")
    # Null after an erasure: the row still counts and points to nobody. The words lie with the participation.
    participation = models.OneToOneField(Participation, null=True, on_delete=models.SET_NULL, related_name="letter")
    queued_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)  # from the lane to the mail

    objects = LetterQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["lane", "queued_at"], condition=Q(state="queued", chunk__isnull=True), name="letter_in_a_lane"
            ),
            models.Index(fields=["not_before"], condition=Q(not_before__isnull=False), name="letter_later"),
            models.Index(fields=["lane", "released_at"], name="letter_released"),
        ]
