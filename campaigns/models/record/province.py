"""Province: the largest part of a State that may be named; a town never is. Any State's, ISO 3166-2."""

from __future__ import annotations

from django.db import models


class Province(models.Model):
    code = models.CharField(max_length=8, primary_key=True)  # "IR-23"
    country = models.CharField(max_length=2)
    names = models.JSONField(default=dict)  # {language: name}

    class Meta:
        ordering = ["code"]

    def name_in(self, language: str) -> str:
        return self.names.get(language) or self.names.get("en") or self.code
