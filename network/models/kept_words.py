"""KeptWords: what somebody was writing and had not sent yet, so that a lost session loses nothing of it. Sealed, for a day."""

from __future__ import annotations

from django.db import models

from network.models.person import Person
from network.models.sealed import SealedText


class KeptWords(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="kept_words")
    place = models.CharField(max_length=200)  # the path of the page with the form
    words = SealedText()  # JSON: {field: [what stands in it]}
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "place"], name="one_kept_form_per_place")]
