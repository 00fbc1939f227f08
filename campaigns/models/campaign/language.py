"""What words in one language know of themselves, whether they were there from the first or were added later (ADR 26)."""

from __future__ import annotations

from django.db import models


class InOneLanguage(models.Model):
    # Added to what is out already: readers have it from read_at on, and then it is locked; the others do not wait for it.
    is_later = models.BooleanField(default=False)
    read_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def added(self) -> dict[str, int]:
        """Part of what is approved of a language that was added: what was approved of other rows counts for nothing."""
        return {"later": self.pk} if self.is_later else {}

    @property
    def waits(self) -> bool:
        """It was added, and nobody outside has read it."""
        return self.is_later and self.read_at is None
