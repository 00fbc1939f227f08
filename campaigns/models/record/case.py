"""Case: a concern about a defender. Every text that leans on it declares it."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from campaigns.models.record.defender import Defender
from network.models.dialect import locked


class CaseQuerySet(models.QuerySet["Case"]):
    def locked(self, pk: int) -> Case:
        return locked(self).get(pk=pk)


class Case(models.Model):
    # Names the person outside while they are shown by an alias: the defender's own id would tie the alias to the name.
    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    defender = models.ForeignKey(Defender, on_delete=models.PROTECT, related_name="cases")
    country = models.CharField(max_length=2, blank=True)
    # Moves when what may be shown shrinks, never when it widens; cached and compiled forms carry it.
    epoch = models.PositiveIntegerField(default=1)
    embargo_until = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    verified_on = models.DateField(null=True)
    created_at = models.DateTimeField()

    objects = CaseQuerySet.as_manager()

    def __str__(self) -> str:
        return f"case {self.pk}"
