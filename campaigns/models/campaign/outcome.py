"""Outcome: what happened after a campaign began, for better or worse, beside what people did and never because of it."""

from __future__ import annotations

from django.db import models
from django.db.models import F

from campaigns.models.campaign.campaign import Campaign
from campaigns.models.record.claim import Reporter
from network.models import Person
from network.models.dialect import locked


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    def standing(self) -> OutcomeQuerySet:
        return self.filter(taken_back_at=None)

    def verified(self) -> OutcomeQuerySet:
        """Looked at by a second person, though they may have been erased since: the only ones anybody outside may read."""
        return self.standing().exclude(verified_at=None).exclude(verified_by=F("recorded_by"))

    def locked(self, pk: int) -> Outcome:
        return locked(self).get(pk=pk)


class Outcome(models.Model):
    class What(models.TextChoices):
        NO_REPLY = "no_reply"
        REPLY = "reply"
        RAISED = "raised"  # by a government, a parliament or an international body
        FAMILY_VISIT = "family_visit"
        LAWYER_ACCESS = "lawyer_access"
        MEDICAL_CARE = "medical_care"
        BETTER_PLACE = "better_place"
        FURLOUGH = "furlough"
        BAIL = "bail"
        SENTENCE_REDUCED = "sentence_reduced"
        CHARGE_DROPPED = "charge_dropped"
        INVESTIGATION = "investigation"
        ACQUITTED = "acquitted"
        RELEASED = "released"
        CONTACT_CUT = "contact_cut"
        WORSE_PLACE = "worse_place"
        NEW_CHARGE = "new_charge"
        SENTENCE_LONGER = "sentence_longer"

    class Grade(models.TextChoices):
        WORSE = "worse"
        NO_CHANGE = "no_change"
        RELIEF = "relief"
        PARTIAL = "partial"
        FULL = "full"

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="outcomes")
    what = models.CharField(max_length=16, choices=What.choices)
    grade = models.CharField(max_length=9, choices=Grade.choices)
    on = models.DateField()
    reporter = models.CharField(max_length=12, choices=Reporter.choices)
    recorded_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField()
    verified_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    verified_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]


class ContributionRating(models.Model):
    """How far one rater holds a campaign to have had a part in an outcome. Two rate, and the lower is told."""

    class Value(models.TextChoices):
        """From the least to the most."""

        NONE_EVIDENT = "none_evident"
        PLAUSIBLE = "plausible"
        ACKNOWLEDGED = "acknowledged"  # by the person, the family or an official
        DOCUMENTED = "documented"

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="ratings")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    value = models.CharField(max_length=12, choices=Value.choices)
    rated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outcome", "by"], name="one_rating_per_rater")]
