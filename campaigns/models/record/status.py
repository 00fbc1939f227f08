"""CaseStatus: how a person is, in four dimensions at once. Rows are never overwritten: a newer one supersedes."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from campaigns.models.record.case import Case
from campaigns.models.record.claim import Claim, ClaimQuerySet, Reliability, Reporter
from network.models.dialect import locked


class CaseStatusQuerySet(ClaimQuerySet):
    def current(self, on: date) -> CaseStatusQuerySet:
        """What stands on a day: not superseded, not ended before it."""
        return self.filter(Q(until=None) | Q(until__gte=on), superseded_at=None)

    def terminal(self) -> CaseStatusQuerySet:
        """The person is dead: what is shown of them is a memorial."""
        return self.filter(dimension=CaseStatus.Dimension.LIFE, value__in=CaseStatus.TERMINAL)

    def of_the_free(self, on: date) -> CaseStatusQuerySet:
        """As a second person has seen: nobody need be asked to let them go."""
        free = self.verified().current(on)
        return free.filter(dimension=CaseStatus.Dimension.LIBERTY, value__in=CaseStatus.LET_GO)

    def locked(self, pk: int) -> CaseStatus:
        return locked(self).get(pk=pk)


class CaseStatus(Claim):
    class Dimension(models.TextChoices):
        LIBERTY = "liberty"
        LEGAL = "legal"
        CONDITION = "condition"  # many at once, each with its own end
        LIFE = "life"

    Reporter = Reporter
    Reliability = Reliability
    TERMINAL = frozenset({"died_in_custody", "executed", "killed", "died_other"})

    LET_GO = frozenset({"released", "at_liberty"})  # not on bail, on furlough or on conditions

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="statuses")
    dimension = models.CharField(max_length=10, choices=Dimension.choices)
    value = models.CharField(max_length=24)
    until = models.DateField(null=True)

    objects = CaseStatusQuerySet.as_manager()

    class Meta:
        ordering = ["-from_latest", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(from_latest__gte=F("from_earliest")), name="status_begins_in_order"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("from_earliest")), name="status_ends_after_it_begins"
            ),
        ]
