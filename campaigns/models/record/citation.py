"""Citation: an article cited in a case, as a breach of what binds the State or as a standard beside it."""

from __future__ import annotations

from django.db import models

from campaigns.models.record.case import Case
from campaigns.models.record.law import Article
from network.models import Person


class Citation(models.Model):
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="citations")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="citations")
    occurred_on = models.DateField()  # when what is complained of happened
    is_breach = models.BooleanField()  # False: a standard, shown beside
    recorded_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-is_breach", "article__instrument", "article__position"]
        constraints = [
            models.UniqueConstraint(fields=["case", "article", "occurred_on"], name="one_citation_per_article_and_day")
        ]
