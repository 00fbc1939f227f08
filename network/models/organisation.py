"""Organisation: the host that operates the installation, or a partner that was admitted to the network."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from network.models.dialect import locked
from network.models.part import Part, digest_of
from network.models.person import Person
from network.models.principle import Principles


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def host(self) -> Organisation:
        """The organisation that operates this installation; Organisation.DoesNotExist before it was founded."""
        return self.get(kind=Organisation.Kind.HOST)

    def partners(self) -> OrganisationQuerySet:
        return self.filter(kind=Organisation.Kind.PARTNER)

    def in_good_standing(self) -> OrganisationQuerySet:
        """Whoever may act here today: not suspended, not gone."""
        return self.filter(standing__in=[Organisation.Standing.PROBATION, Organisation.Standing.FULL])

    def administered_by(self, person: Person) -> OrganisationQuerySet:
        return self.filter(memberships__person=person, memberships__role="administrator").distinct()

    def worked_in_by(self, person: Person) -> OrganisationQuerySet:
        return self.filter(memberships__person=person).distinct()

    def without_administrator(self) -> OrganisationQuerySet:
        return self.exclude(memberships__role="administrator")

    def listed(self) -> OrganisationQuerySet:
        """Partners as the open pages and the API name them, by name."""
        return self.partners().in_good_standing().order_by("name", "pk")

    def locked(self, pk: int) -> Organisation:
        return locked(self).get(pk=pk)


class Organisation(models.Model):
    class Kind(models.TextChoices):
        HOST = "host"
        PARTNER = "partner"

    class Standing(models.TextChoices):
        PROBATION = "probation"  # newly admitted: public data only
        FULL = "full"
        SUSPENDED = "suspended"
        LEFT = "left"

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    name = models.CharField(max_length=160)
    country = models.CharField(max_length=2, blank=True)  # ISO 3166-1
    website = models.URLField(blank=True)
    disclosures = models.TextField(blank=True)  # money and ties, as the organisation itself states them; public
    principles = models.ForeignKey(Principles, null=True, on_delete=models.PROTECT, related_name="organisations")
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.FULL)
    standing_since = models.DateTimeField(null=True)
    standing_reason = models.TextField(blank=True)  # why suspended; seen in the workspace only
    created_at = models.DateTimeField()
    admitted_at = models.DateTimeField(null=True)
    review_due_at = models.DateTimeField(null=True)  # twelve months after admission, somebody looks again

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=models.Q(kind="host"), name="one_host"),
        ]

    def __str__(self) -> str:
        return self.name

    def part(self, step: str) -> Part:
        """A step in standing that two people must agree on, as things stand: a later round needs two again."""
        standing = {"organisation": self.pk, "standing": self.standing, "since": self.standing_since}
        return Part(step, digest_of(standing), None)

    @property
    def is_in_good_standing(self) -> bool:
        return self.standing in {self.Standing.PROBATION, self.Standing.FULL}
