"""Endorsement: an address that stands by one version of the principles, pending until its owner confirms."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import models

from network.models.dialect import locked
from network.models.person import Person
from network.models.principle import Principles


class EndorsementQuerySet(models.QuerySet["Endorsement"]):
    def pending(self) -> EndorsementQuerySet:
        return self.filter(state=Endorsement.State.PENDING)

    def confirmed(self) -> EndorsementQuerySet:
        return self.filter(state=Endorsement.State.CONFIRMED)

    def concerning(self, person: Person) -> EndorsementQuerySet:
        """A person's own, and what was entered under their address and not confirmed yet."""
        return self.filter(models.Q(person=person) | models.Q(address=person.email))

    def entered_before(self, moment: datetime) -> EndorsementQuerySet:
        return self.filter(entered_at__lt=moment)

    def locked(self, pk: UUID) -> Endorsement:
        return locked(self).get(pk=pk)


class Endorsement(models.Model):
    class State(models.TextChoices):
        PENDING = "pending"
        CONFIRMED = "confirmed"
        REJECTED = "rejected"
        EXPIRED = "expired"
        WITHDRAWN = "withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    principles = models.ForeignKey(Principles, on_delete=models.PROTECT, related_name="endorsements")
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="endorsements")
    state = models.CharField(max_length=12, choices=State.choices, default=State.PENDING)
    # Before confirmation these are all we have; confirming moves them to the person and empties them.
    address = models.CharField(max_length=254, blank=True)
    display_name = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=8, default="en")
    wants_alerts = models.BooleanField(default=False)
    fingerprint = models.CharField(max_length=64)
    entered_at = models.DateTimeField()
    asked_at = models.DateTimeField()  # when the confirmation mail was last asked for
    confirmed_at = models.DateTimeField(null=True)

    objects = EndorsementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["principles", "fingerprint"], name="one_endorsement_per_address"),
        ]

    def wipe(self) -> None:
        """Forget the address and name; the row stays for the received count."""
        self.address = self.display_name = ""
