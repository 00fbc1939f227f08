"""Participation: one taking of one action. Pending until its owner presses the button."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models

from campaigns.models.campaign.action import Action
from network.models import Person
from network.models.dialect import locked
from network.models.sealed import SealedText

SHOWN_BY = frozenset({"show_name", "show_words"})  # answers that let something be seen; off for whoever is in danger


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def pending(self) -> ParticipationQuerySet:
        return self.filter(state=Participation.State.PENDING)

    def confirmed(self) -> ParticipationQuerySet:
        return self.filter(state=Participation.State.CONFIRMED)

    def forget_pending(self) -> int:
        """Wipe those of them that nobody confirmed; returns how many. The rows stay for the received count."""
        wiped: dict[str, Any] = {
            "address": "",
            "name": "",
            "answers": {},
            "words": "",
            "waiting": None,
            "waiting_words": "",
        }
        return self.pending().update(state=Participation.State.EXPIRED, **wiped)

    def of(self, person: Person) -> ParticipationQuerySet:
        return self.filter(person=person)

    def concerning(self, person: Person) -> ParticipationQuerySet:
        """What a person took part in, and what was entered under their address and not confirmed yet."""
        return self.filter(models.Q(person=person) | models.Q(address=person.email))

    def entered_before(self, moment: datetime) -> ParticipationQuerySet:
        return self.filter(entered_at__lt=moment)

    def forgetful(self, at: datetime) -> ParticipationQuerySet:
        """Who entered what is still asked REMIND_AFTER_HOURS ago, was not reminded yet, and has a day left to confirm."""
        asked = at - timedelta(hours=settings.REMIND_AFTER_HOURS)
        begun = at - timedelta(days=settings.CONFIRMATION_DAYS - 1)
        late = self.pending().filter(reminded_at=None, asked_at__lt=asked, entered_at__gt=begun)
        return late.filter(action__closed_at=None)

    def newest_first(self) -> ParticipationQuerySet:
        return self.order_by("-entered_at")

    def locked(self, pk: UUID) -> Participation:
        return locked(self).get(pk=pk)


class Participation(models.Model):
    class State(models.TextChoices):
        PENDING = "pending"
        CONFIRMED = "confirmed"
        REJECTED = "rejected"  # "this was not me"
        EXPIRED = "expired"
        WITHDRAWN = "withdrawn"
        QUARANTINED = "quarantined"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="participations")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="participations")
    state = models.CharField(max_length=12, choices=State.choices, default=State.PENDING)
    fingerprint = models.CharField(max_length=64)
    address = models.CharField(max_length=254, blank=True)  # until confirmed; then the person has it
    name = models.CharField(max_length=80, blank=True)
    answers = models.JSONField(default=dict, blank=True)  # the kind's own dataclass, without its free words
    words = SealedText(blank=True, default="")  # of a kind that asks for some
    language = models.CharField(max_length=8, default="en")
    # On a confirmed row: {"name", "answers", "language"} entered again, counting for nothing until confirmed again.
    waiting = models.JSONField(null=True)
    waiting_words = SealedText(blank=True, default="")  # beside it
    repeats = models.PositiveIntegerField(default=0)  # how often the same mailbox was entered again
    came_fast = models.BooleanField(
        default=False
    )  # from a connection that entered many; nothing of the connection is kept
    sift = models.ForeignKey("campaigns.Sift", null=True, on_delete=models.SET_NULL, related_name="participations")
    entered_at = models.DateTimeField()
    asked_at = models.DateTimeField()  # when the confirmation mail was last asked for
    reminded_at = models.DateTimeField(null=True)  # once, by an organiser's press
    confirmed_at = models.DateTimeField(null=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["action", "fingerprint"], name="one_participation_per_address"),
        ]
        indexes = [
            models.Index(fields=["person", "-entered_at"]),
            models.Index(fields=["entered_at"], condition=models.Q(state="pending"), name="participation_pending"),
        ]

    def __str__(self) -> str:
        return f"participation {self.pk}"

    def last_day(self) -> datetime:
        """Until when a pending row can be confirmed; then its words are forgotten."""
        return self.entered_at + timedelta(days=settings.CONFIRMATION_DAYS)

    def hide(self) -> None:
        """Forget the name, and print it nowhere; it stays counted."""
        self.name = ""
        self.answers = {name: False if name in SHOWN_BY else value for name, value in self.answers.items()}
        self.waiting, self.waiting_words = None, ""

    def wipe(self) -> None:
        """Forget address, name and answers; the row stays for the received count."""
        self.address = self.name = self.words = self.waiting_words = ""
        self.answers = {}
        self.waiting = None
