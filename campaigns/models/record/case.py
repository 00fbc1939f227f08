"""Case: a concern about a defender. Every text that leans on it declares it."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models

from campaigns.models.record.defender import Defender
from campaigns.models.record.province import Province
from network.models import Person
from network.models.dialect import locked
from network.models.sealed import SealedText


class CaseQuerySet(models.QuerySet["Case"]):
    def locked(self, pk: int) -> Case:
        return locked(self).get(pk=pk)

    def published(self, audience: str = "public") -> CaseQuerySet:
        """Somebody pressed publish for that audience and nobody took it back; whether it may be seen now is the gate's to
        say. What is published for everybody is published for partners."""
        rows = self.exclude(published_at=None).filter(unpublished_at=None)
        return rows if audience != "public" else rows.filter(published_for="public")

    def ever_published(self) -> CaseQuerySet:
        """What somebody outside may have a copy of."""
        return self.exclude(first_published_at=None)


class Case(models.Model):
    ADULT_YEARS = 18

    class Right(models.TextChoices):
        LIFE = "life"
        LIBERTY = "liberty"
        TORTURE = "torture"
        FAIR_TRIAL = "fair_trial"
        EXPRESSION = "expression"
        ASSEMBLY = "assembly"
        ASSOCIATION = "association"
        RELIGION = "religion"
        EQUALITY = "equality"
        WOMEN = "women"
        PRIVACY = "privacy"
        MOVEMENT = "movement"
        PARTICIPATION = "participation"
        WORK = "work"
        UNIONS = "unions"
        EDUCATION = "education"
        HEALTH = "health"
        LIVELIHOOD = "livelihood"
        CULTURE = "culture"
        CHILDREN = "children"
        REPRISALS = "reprisals"

    # Names the person outside while they are shown by an alias: the defender's own id would tie the alias to the name.
    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    defender = models.ForeignKey(Defender, on_delete=models.PROTECT, related_name="cases")
    country = models.CharField(max_length=2, blank=True)
    province = models.ForeignKey(Province, null=True, on_delete=models.PROTECT, related_name="cases")
    rights = models.JSONField(default=list)  # of Right, the first leads
    age_at_event = models.PositiveSmallIntegerField(null=True)  # years, when it happened; never a date of birth
    # Moves when what may be shown shrinks, never when it widens; cached and compiled forms carry it.
    epoch = models.PositiveIntegerField(default=1)
    embargo_until = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    verified_on = models.DateField(null=True)
    created_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    first_published_at = models.DateTimeField(null=True)
    published_for = models.CharField(max_length=8, default="public")  # an audience of the gate: the widest there was
    unpublished_at = models.DateTimeField(null=True)
    archived_at = models.DateTimeField(null=True)
    # Published in an emergency, before every check was done: silent again from here on unless they were done since.
    emergency_until = models.DateTimeField(null=True)
    # When a second person first approved facts that show the name: before that nobody has read whose case it is.
    name_approved_at = models.DateTimeField(null=True)
    # When it stopped being shown by name. The world knows whose case it is: an alias here would hide nothing, and tell whose
    # alias it is. Under one they need a case of their own.
    named_until = models.DateTimeField(null=True)
    # Counts how often it was taken off: publishing it again needs the facts approved again.
    round = models.PositiveSmallIntegerField(default=1)
    # When whoever may have a copy was told that it is gone. Decides nothing: the query does.
    silenced_at = models.DateTimeField(null=True)

    objects = CaseQuerySet.as_manager()

    def __str__(self) -> str:
        return f"case {self.pk}"

    @property
    def is_about_a_child(self) -> bool:
        return self.age_at_event is not None and self.age_at_event < self.ADULT_YEARS


class CaseText(models.Model):
    """What is told of a case in one language. Names stand only as slots."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=8)
    who = SealedText()  # "teacher of a village school"
    summary = SealedText()  # two or three sentences
    story = SealedText(blank=True)  # Markdown
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "language"], name="one_case_text_per_language")]

    def words(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("language", "who", "summary", "story")}


def hash_of_slug(slug: str) -> str:
    """What is kept of an address that held a name: 48 characters, of no use without the installation's key."""
    return f"h.{hmac.new(settings.SECRET_KEY.encode(), f'page:{slug}'.encode(), hashlib.sha256).hexdigest()[:46]}"


class PageAddress(models.Model):
    """Where a case's or a defender's page is or was. A name stands in it only while it may be shown: after that its hash,
    which still knows whoever comes with the old address, and tells a reader of the database nothing."""

    class Page(models.TextChoices):
        CASE = "case"
        DEFENDER = "defender"

    slug = models.CharField(max_length=80)
    page = models.CharField(max_length=8, choices=Page.choices)
    holder = models.UUIDField()  # the public id of the case or defender, as it is shown
    shown_at = models.DateTimeField(null=True)  # since when somebody may have been here; never: it answers 404
    retired_at = models.DateTimeField(null=True)  # answers 410 since

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "slug"], name="one_page_per_address"),
            models.UniqueConstraint(
                fields=["page", "holder"], condition=models.Q(retired_at=None), name="one_address_in_use"
            ),
        ]
