"""The register of law: instruments, their articles, and since when each binds which State."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from network.models import Person
from network.models.dialect import locked


class Instrument(models.Model):
    class Kind(models.TextChoices):
        TREATY = "treaty"
        OPTIONAL_PROTOCOL = "optional_protocol"
        DECLARATION = "declaration"  # a standard: nobody ratifies it, nobody can be in breach of it

    code = models.SlugField(max_length=24, unique=True)
    title = models.CharField(max_length=200)
    abbreviation = models.CharField(max_length=40)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    adopted_on = models.DateField(null=True)
    body = models.CharField(max_length=120, blank=True)  # who watches over it
    source = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.abbreviation


class Article(models.Model):
    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="articles")
    number = models.CharField(max_length=12)
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=160)  # a paraphrase of a few words, never the text
    tags = models.JSONField(default=list)

    class Meta:
        ordering = ["instrument", "position"]
        constraints = [models.UniqueConstraint(fields=["instrument", "number"], name="one_article_per_number")]


class Violation(models.Model):
    """A kind of violation and the articles a reviewer usually looks at: suggestions, never a conclusion."""

    code = models.SlugField(max_length=40, unique=True)
    label = models.CharField(max_length=120)
    articles = models.JSONField(default=list)  # "instrument:number", in the order of their use

    class Meta:
        ordering = ["label"]


class RatificationChangeQuerySet(models.QuerySet["RatificationChange"]):
    def waiting(self) -> RatificationChangeQuerySet:
        return self.filter(decided_at=None)

    def locked(self, pk: int) -> RatificationChange:
        return locked(self).get(pk=pk)


class RatificationChange(models.Model):
    """What somebody read in the depositary's list, until a second person has compared it."""

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="changes")
    country = models.CharField(max_length=2)
    status = models.CharField(max_length=24)  # Ratification.Status
    done_on = models.DateField(null=True)
    in_force_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    proposed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    is_adopted = models.BooleanField(default=False)

    objects = RatificationChangeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]


class RatificationQuerySet(models.QuerySet["Ratification"]):
    def binding(self, country: str, on: date) -> RatificationQuerySet:
        """What bound a State on a day: it is party, the instrument had come into force for it, and had not ended."""
        parties = [Ratification.Status.RATIFIED, Ratification.Status.ACCEDED]
        rows = self.filter(country=country, status__in=parties, in_force_on__lte=on)
        return rows.filter(Q(ended_on=None) | Q(ended_on__gt=on))


class Ratification(models.Model):
    """Where a State stands to an instrument. A party whose date of entry into force is unknown binds in no citation."""

    class Status(models.TextChoices):
        RATIFIED = "ratified"
        ACCEDED = "acceded"
        SIGNED = "signed_not_ratified"
        NOT_PARTY = "not_party"
        NOT_OPEN = "not_open_to_ratification"

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="ratifications")
    country = models.CharField(max_length=2)  # ISO 3166-1
    status = models.CharField(max_length=24, choices=Status.choices)
    done_on = models.DateField(null=True)
    in_force_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)  # denounced, or come to its end: from this day on it binds no more
    reservation = models.TextField(blank=True)
    is_verified = models.BooleanField(default=False)  # somebody compared it with the depositary's list

    objects = RatificationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["instrument", "country"], name="one_ratification_per_state")]
