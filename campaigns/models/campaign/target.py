"""Target: the office a demand is addressed to: its title and how it is addressed, in each language; what it reads, and where it
sits."""

from __future__ import annotations

from django.db import models


class Target(models.Model):
    country = models.CharField(max_length=2, blank=True)  # ISO 3166-1; empty: of no single State, or not said
    languages = models.JSONField(default=list)  # in which it takes letters; empty: not known

    def title_in(self, language: str) -> str:
        texts = {text.language: text.title for text in self.texts.all()}
        return texts.get(language) or texts.get("en", "")

    def own_title_in(self, language: str) -> str:
        """Empty where it has none in that language."""
        return next((text.title for text in self.texts.all() if text.language == language), "")


class TargetText(models.Model):
    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=200)
    salutation = models.CharField(max_length=160, blank=True)  # "Your Honour,"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["target", "language"], name="one_target_text_per_language")]
