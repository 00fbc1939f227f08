"""RiskAssessment: who could be harmed by publishing, judged by a named person for a stated time."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from campaigns.models.record.case import Case
from network.models import Person


class RiskAssessmentQuerySet(models.QuerySet["RiskAssessment"]):
    def in_date(self, at: datetime) -> RiskAssessmentQuerySet:
        return self.filter(assessed_at__lte=at, valid_until__gt=at)

    def saying_stop(self) -> RiskAssessmentQuerySet:
        return self.filter(result=RiskAssessment.Result.STOP)

    def permitting(self) -> RiskAssessmentQuerySet:
        return self.exclude(result=RiskAssessment.Result.STOP)


class RiskAssessment(models.Model):
    class Result(models.TextChoices):
        LOW = "low"
        MEDIUM = "medium"
        HIGH = "high"
        STOP = "stop"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="risk_assessments")
    result = models.CharField(max_length=8, choices=Result.choices)
    assessed_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    assessed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = RiskAssessmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["case", "valid_until"])]
