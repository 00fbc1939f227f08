"""Defender: a person who acts peacefully for the rights of others, and their names in every script."""

from __future__ import annotations

from uuid import uuid4

from django.db import models


class Defender(models.Model):
    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    # {"en": {"they": "she", "them": "her", "their": "her"}}; a language without an entry uses the name only.
    pronouns = models.JSONField(default=dict, blank=True)
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
    text = models.CharField(max_length=120)
    short = models.CharField(max_length=60, blank=True)  # how a second mention reads; empty: the whole name
    is_display = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["defender", "language", "kind"], condition=models.Q(is_display=True), name="one_display_name"
            ),
        ]
