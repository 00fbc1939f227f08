"""Source and Claim: how something is known, and a statement that stands only once a second person has looked at it."""

from __future__ import annotations

from django.db import models
from django.db.models import F

from campaigns.models.record.case import Case
from network.models import Person
from network.models.sealed import SealedText


class Reporter(models.TextChoices):
    """Who reports it. The first four were there, or speak for whoever was."""

    SELF = "self"
    FAMILY = "family"
    LAWYER = "lawyer"
    DOCUMENT = "document"
    ORGANISATION = "organisation"
    MEDIA = "media"
    STATE = "state"
    LEAKED = "leaked"


DIRECT = frozenset({Reporter.SELF, Reporter.FAMILY, Reporter.LAWYER, Reporter.DOCUMENT})


class Reliability(models.TextChoices):
    """Of source and item alike, and graded apart."""

    HIGH = "highly_reliable"
    LIKELY = "likely_reliable"
    UNSURE = "unsure"
    UNLIKELY = "likely_unreliable"
    LOW = "highly_unreliable"
    UNKNOWN = "unknown"


class Source(models.Model):
    """Somebody or something that reports on a case. Who exactly is sealed; outside, only what kind it is."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="sources")
    kind = models.CharField(max_length=12, choices=Reporter.choices)
    reliability = models.CharField(max_length=20, choices=Reliability.choices, default=Reliability.UNKNOWN)
    note = SealedText(blank=True)  # how it reached us and where it lies; nobody's name or address belongs here
    recorded_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]


class ClaimQuerySet(models.QuerySet):
    def verified(self):  # type: ignore[no-untyped-def]  # of the claim's own kind
        """Looked at by a second person, though they may have been erased since: the only ones anybody outside may read."""
        return self.exclude(verified_at=None).exclude(verified_by=F("recorded_by"))

    def standing(self):  # type: ignore[no-untyped-def]
        return self.filter(superseded_at=None)


class Claim(models.Model):
    """Something said about a case: when, by whom, how sure. Never overwritten: a newer one supersedes."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="%(class)ses")
    # A range: a Jalali month spans two Gregorian ones, and often only the month is known.
    from_earliest = models.DateField()
    from_latest = models.DateField()
    reporter = models.CharField(max_length=12, choices=Reporter.choices)
    source_reliability = models.CharField(max_length=20, choices=Reliability.choices, default=Reliability.UNKNOWN)
    item_reliability = models.CharField(max_length=20, choices=Reliability.choices, default=Reliability.UNKNOWN)
    confirmed_by = models.ManyToManyField(Source, blank=True, related_name="+")  # who reports the same, independently
    recorded_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField()
    verified_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    verified_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def is_corroborated(self) -> bool:
        """A direct source and another, or two independent ones. Else readers are told that it is unconfirmed."""
        others = list(self.confirmed_by.all())
        return bool(others) and (self.reporter in DIRECT or any(one.kind != self.reporter for one in others))
