"""RiskAssessment: who could be harmed by publishing, judged by a named person for a stated time."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from campaigns.models.record.case import Case
from network.models import Person
from network.models.prepared import Slot
from network.models.sealed import SealedText


class RiskAssessmentQuerySet(models.QuerySet["RiskAssessment"]):
    def in_date(self, at: datetime | Slot) -> RiskAssessmentQuerySet:
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

    class Question(models.TextChoices):
        """What is asked before a judgement; none may stay without an answer."""

        QUIET = "quiet"  # has the person or the family asked for quiet?
        TIMING = "timing"  # a trial, a negotiation, a transfer that noise would harm?
        SOURCE = "source"  # does a detail reveal a source or a channel?
        HOSTILE = "hostile"  # could it be made to look like contact with something "hostile"?
        OTHERS = "others"  # could family, cellmates, colleagues or supporters be hurt?

    class Answer(models.TextChoices):
        YES = "yes"
        NO = "no"
        NOT_KNOWN = "not_known"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="risk_assessments")
    result = models.CharField(max_length=8, choices=Result.choices)
    answers = models.JSONField(default=dict)  # {Question: Answer}
    mitigation = SealedText(blank=True)  # what is done against it
    assessed_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    assessed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = RiskAssessmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["case", "valid_until"])]
