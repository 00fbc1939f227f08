"""Membership: a person's role in an organisation."""

from __future__ import annotations

from django.db import models

from network.models.organisation import Organisation
from network.models.person import Person


class MembershipQuerySet(models.QuerySet["Membership"]):
    def of(self, person: Person) -> MembershipQuerySet:
        return self.filter(person=person)


class Membership(models.Model):
    class Role(models.TextChoices):
        VIEWER = "viewer"
        EDITOR = "editor"
        APPROVER = "approver"
        STEWARD = "steward"
        ADMINISTRATOR = "administrator"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role.choices)
    created_at = models.DateTimeField()

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "person", "role"], name="one_membership_per_role"),
        ]
