"""Principles: versioned text that members and partners endorse."""

from __future__ import annotations

from django.db import models


class PrinciplesQuerySet(models.QuerySet["Principles"]):
    def in_force(self) -> Principles | None:
        """The version people endorse today, or None before the first was adopted."""
        return self.exclude(adopted_at=None).order_by("-version").first()


class Principles(models.Model):
    version = models.PositiveIntegerField(unique=True)
    adopted_at = models.DateTimeField(null=True)

    objects = PrinciplesQuerySet.as_manager()

    def __str__(self) -> str:
        return f"principles, version {self.version}"

    def text_in(self, language: str) -> PrinciplesText:
        """The wording in a language, else in English: safety wording is never guessed by a machine."""
        texts = {text.language: text for text in self.texts.all()}
        return texts.get(language) or texts["en"]


class PrinciplesText(models.Model):
    principles = models.ForeignKey(Principles, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=8)
    reviewed = models.BooleanField(default=False)
    clauses = models.JSONField(default=list)  # list of {"title": str, "text": str}, in order

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["principles", "language"], name="one_principles_text_per_language"),
        ]
