"""CaseLink: two cases belong together. Each keeps its own consent, and neither is named through the other without it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from campaigns.models.record.case import Case
from campaigns.models.record.claim import ClaimQuerySet
from network.models import Person
from network.models.dialect import locked


class CaseLinkQuerySet(ClaimQuerySet):
    def of(self, case_id: int) -> CaseLinkQuerySet:
        return self.filter(Q(case=case_id) | Q(other=case_id))

    def locked(self, pk: int) -> CaseLink:
        return locked(self).get(pk=pk)


class CaseLink(models.Model):
    class Kind(models.TextChoices):
        CO_DEFENDANT = "co_defendant"
        SAME_EVENT = "same_event"
        COLLEAGUE = "colleague"
        FAMILY = "family"  # told only where both cases consent to telling of the family
        LAWYER = "lawyer"  # one defends the other

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="links")
    other = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="links_here")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    recorded_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField()
    verified_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    verified_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)

    objects = CaseLinkQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(case=F("other")), name="no_case_is_linked_to_itself"),
            models.UniqueConstraint(
                fields=["case", "other", "kind"], condition=Q(superseded_at=None), name="one_link_of_a_kind"
            ),
        ]
