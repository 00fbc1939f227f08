"""CaseGrant: a partner that may read a case beyond what everybody may, as far as the consent for partners goes."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from campaigns.models.record.case import Case
from network.models import Organisation, Person
from network.models.dialect import locked


class CaseGrantQuerySet(models.QuerySet["CaseGrant"]):
    def in_force(self, at: datetime) -> CaseGrantQuerySet:
        """To a partner in good standing, not taken back, not expired."""
        return self.filter(
            revoked_at=None,
            expires_at__gt=at,
            agreed_by__isnull=False,
            organisation__standing=Organisation.Standing.FULL,
        )

    def of(self, organisation: Organisation) -> CaseGrantQuerySet:
        return self.filter(organisation=organisation)

    def locked(self, pk: int) -> CaseGrant:
        return locked(self).get(pk=pk)


class CaseGrant(models.Model):
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="grants")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="case_grants")
    licence = models.CharField(max_length=200)  # what they may do with it, in a line
    proposed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    proposed_at = models.DateTimeField()
    agreed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = CaseGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "organisation"], condition=models.Q(revoked_at=None), name="one_grant_in_use"
            )
        ]
