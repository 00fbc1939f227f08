"""Organisation: the host that operates the installation, or a partner."""

from __future__ import annotations

from uuid import uuid4

from django.db import models


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def host(self) -> Organisation:
        """The organisation that operates this installation; Organisation.DoesNotExist before it was founded."""
        return self.get(kind=Organisation.Kind.HOST)


class Organisation(models.Model):
    class Kind(models.TextChoices):
        HOST = "host"
        PARTNER = "partner"

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    name = models.CharField(max_length=160)
    country = models.CharField(max_length=2, blank=True)
    website = models.URLField(blank=True)
    created_at = models.DateTimeField()

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=models.Q(kind="host"), name="one_host"),
        ]

    def __str__(self) -> str:
        return self.name
