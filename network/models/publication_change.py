"""PublicationChange: one row for each event after which somebody outside may see more, less or other than before.

A page that is kept at the origin carries the epoch of what it was made from, and is served only while that still is the epoch.
The row is written in the transaction of the change, so the next request after its commit sees another epoch. The highest number
alone would not do: of two transactions the one with the lower number may commit last. Count, highest and sum together tell the
sets of rows of a few seconds apart.
"""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Count, Max, Sum, Value

from network.models.outbox import LogHead
from network.models.prepared import reading


class PublicationChangeQuerySet(models.QuerySet["PublicationChange"]):
    def epoch(self) -> str:
        """Of everything that is published; the log's own epoch is part of it, because a restore begins its numbers anew."""
        return ":".join(str(value) for row in (*_LOG.rows(), *_CHANGES.rows()) for value in row)

    def before(self, moment: datetime) -> PublicationChangeQuerySet:
        return self.filter(made_at__lt=moment)


class PublicationChange(models.Model):
    made_at = models.DateTimeField()

    objects = PublicationChangeQuerySet.as_manager()

    def __str__(self) -> str:
        return f"change {self.pk}"


# Asked at each request for a page that is kept.
_LOG = reading(lambda: LogHead.objects.values_list("epoch"))
_CHANGES = reading(
    lambda: (
        PublicationChange.objects.values(all_of_them=Value(1))
        .annotate(n=Count("pk"), last=Max("pk"), total=Sum("pk"))
        .values_list("n", "last", "total")
    )
)
