"""Target: the office a demand is addressed to, titled in each language."""

from __future__ import annotations

from django.db import models


class Target(models.Model):
    country = models.CharField(max_length=2, blank=True)

    def title_in(self, language: str) -> str:
        texts = {text.language: text.title for text in self.texts.all()}
        return texts.get(language) or texts.get("en", "")


class TargetText(models.Model):
    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["target", "language"], name="one_target_text_per_language")]
