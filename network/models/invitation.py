"""Invitation: an administrator asks a colleague by mail to take a role in their organisation."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import models

from network.models.dialect import locked
from network.models.membership import Membership
from network.models.organisation import Organisation
from network.models.person import Person


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> InvitationQuerySet:
        return self.filter(state__in=[Invitation.State.PROPOSED, Invitation.State.SENT])

    def concerning(self, person: Person) -> InvitationQuerySet:
        return self.filter(address=person.email)

    def made_before(self, moment: datetime) -> InvitationQuerySet:
        return self.filter(made_at__lt=moment)

    def locked(self, pk: UUID) -> Invitation:
        return locked(self).get(pk=pk)


class Invitation(models.Model):
    class State(models.TextChoices):
        PROPOSED = "proposed"  # a second person must agree before anything is sent
        SENT = "sent"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"
        EXPIRED = "expired"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=16, choices=Membership.Role.choices)
    state = models.CharField(max_length=10, choices=State.choices)
    address = models.CharField(max_length=254, blank=True)  # emptied when answered, withdrawn or expired
    language = models.CharField(max_length=8, default="en")
    mark = models.CharField(max_length=64, blank=True)  # of a no: keyed hash of the address, for INVITATION_NO_DAYS
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "address", "role"],
                condition=models.Q(state__in=["proposed", "sent"]),
                name="one_open_invitation",
            ),
        ]
