"""Defender: a person who acts peacefully for the rights of others, and their names in every script."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from network.models.sealed import SealedText


class Defender(models.Model):
    class Sector(models.TextChoices):
        WOMEN = "women"
        STUDENTS = "students"
        WORKERS = "workers"
        TEACHERS = "teachers"
        LAWYERS = "lawyers"
        JOURNALISTS = "journalists"
        WRITERS = "writers"
        ARTISTS = "artists"
        ENVIRONMENT = "environment"
        ETHNIC_RIGHTS = "ethnic_rights"
        RELIGIOUS_MINORITY = "religious_minority"
        LGBTIQ = "lgbtiq"
        FAMILIES_SEEKING_JUSTICE = "families_seeking_justice"
        ANTI_DEATH_PENALTY = "anti_death_penalty"
        CHILDREN = "children"
        DISABILITY = "disability"

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    # {"en": {"they": "she", "them": "her", "their": "her"}}; a language without an entry uses the name only.
    pronouns = models.JSONField(default=dict, blank=True)
    sectors = models.JSONField(default=list)  # of Sector, the first leads
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"defender {self.pk}"  # never a name: this string reaches logs


class DefenderName(models.Model):
    class Kind(models.TextChoices):
        LEGAL = "legal"
        KNOWN_AS = "known_as"
        PEN_NAME = "pen_name"
        TRANSLITERATION = "transliteration"
        ALIAS = "alias"  # the only kind shown when consent covers an alias and not the name

    defender = models.ForeignKey(Defender, on_delete=models.CASCADE, related_name="names")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    language = models.CharField(max_length=8)
    text = SealedText()
    short = SealedText(blank=True)  # how a second mention reads; empty: the whole name
    is_display = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["defender", "language", "kind"], condition=models.Q(is_display=True), name="one_display_name"
            ),
        ]


class SpecialCategory(models.Model):
    """What could mark a person out for persecution by itself. Kept apart, sealed, each shown by a consent of its own."""

    class Category(models.TextChoices):
        ETHNICITY = "ethnicity"
        RELIGION = "religion"
        ORIENTATION = "orientation"
        HEALTH = "health"

    defender = models.ForeignKey(Defender, on_delete=models.CASCADE, related_name="special_categories")
    category = models.CharField(max_length=12, choices=Category.choices)
    language = models.CharField(max_length=8)
    words = SealedText()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["defender", "category", "language"], name="one_special_category_text")
        ]


class GuardedWord(models.Model):
    """A word or a day that no text about this person may hold: a town, a school, a relative, a date of birth."""

    class Kind(models.TextChoices):
        PLACE = "place"
        PERSON = "person"
        DATE = "date"  # text is an ISO date; every usual way to write it is found
        OTHER = "other"

    defender = models.ForeignKey(Defender, on_delete=models.CASCADE, related_name="guarded_words")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    text = SealedText()
