"""CaseStatus: how a person is, in four dimensions at once. Rows are never overwritten: a newer one supersedes."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from campaigns.models.record.case import Case
from network.models import Person
from network.models.dialect import locked


class CaseStatusQuerySet(models.QuerySet["CaseStatus"]):
    def current(self, on: date) -> CaseStatusQuerySet:
        """What stands on a day: not superseded, not ended before it."""
        return self.filter(Q(until=None) | Q(until__gte=on), superseded_at=None)

    def verified(self) -> CaseStatusQuerySet:
        """Looked at by a second person: the only ones anybody outside may read."""
        return self.exclude(verified_by=None).exclude(verified_by=F("recorded_by"))

    def locked(self, pk: int) -> CaseStatus:
        return locked(self).get(pk=pk)


class CaseStatus(models.Model):
    class Dimension(models.TextChoices):
        LIBERTY = "liberty"
        LEGAL = "legal"
        CONDITION = "condition"  # many at once, each with its own end
        LIFE = "life"

    class Reporter(models.TextChoices):
        SELF = "self"
        FAMILY = "family"
        LAWYER = "lawyer"
        DOCUMENT = "document"
        ORGANISATION = "organisation"
        MEDIA = "media"
        STATE = "state"

    class Reliability(models.TextChoices):
        """Of source and item alike, and graded apart."""

        HIGH = "highly_reliable"
        LIKELY = "likely_reliable"
        UNSURE = "unsure"
        UNLIKELY = "likely_unreliable"
        LOW = "highly_unreliable"
        UNKNOWN = "unknown"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="statuses")
    dimension = models.CharField(max_length=10, choices=Dimension.choices)
    value = models.CharField(max_length=24)
    # A range: a Jalali month spans two Gregorian ones, and often only the month is known.
    from_earliest = models.DateField()
    from_latest = models.DateField()
    until = models.DateField(null=True)
    reporter = models.CharField(max_length=12, choices=Reporter.choices)
    source_reliability = models.CharField(max_length=20, choices=Reliability.choices, default=Reliability.UNKNOWN)
    item_reliability = models.CharField(max_length=20, choices=Reliability.choices, default=Reliability.UNKNOWN)
    recorded_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField()
    verified_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    verified_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)

    objects = CaseStatusQuerySet.as_manager()

    class Meta:
        ordering = ["-from_latest", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(from_latest__gte=F("from_earliest")), name="status_begins_in_order"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("from_earliest")), name="status_ends_after_it_begins"
            ),
        ]
