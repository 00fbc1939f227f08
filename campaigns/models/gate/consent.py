"""PublicationConsent: which fields may be shown to whom, until when, and whether it still stands."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q

from campaigns.models.record.case import Case
from network.models import Person


class PublicationConsentQuerySet(models.QuerySet["PublicationConsent"]):
    def in_force(self, at: datetime) -> PublicationConsentQuerySet:
        """Given, not withdrawn, not expired: compared at the moment of asking, never flipped by a job."""
        return self.filter(withdrawn_at=None, given_on__lte=at, expires_at__gt=at)

    def for_public(self) -> PublicationConsentQuerySet:
        return self.filter(audience=PublicationConsent.ScopeAudience.PUBLIC)

    def withdrawn_last(self) -> PublicationConsentQuerySet:
        """Withdrawals after which the same giver has given nothing new: one of them closes the gate for all."""
        later = PublicationConsent.objects.filter(
            case=OuterRef("case"),
            audience=OuterRef("audience"),
            given_by=OuterRef("given_by"),
            given_on__gte=OuterRef("withdrawn_at"),
        )
        return self.exclude(withdrawn_at=None).filter(~Exists(later))

    def last_of_each_giver(self) -> list[PublicationConsent]:
        """What each giver said last, in force or lapsed: a lapse must never widen what the others permit."""
        latest: dict[tuple[int, str], PublicationConsent] = {}
        for consent in self.filter(withdrawn_at=None).order_by("given_on", "pk"):
            latest[consent.case_id, consent.given_by] = consent
        return list(latest.values())

    def shown_as(self) -> str:
        """By what these consents, of one case, would have the person shown: name, alias or nothing."""
        said = [set(consent.scopes) for consent in self.last_of_each_giver()]
        scopes = set.intersection(*said) if said else set()
        return next((kind for kind in ("name", "alias") if kind in scopes), "")


class PublicationConsent(models.Model):
    class GivenBy(models.TextChoices):
        SELF = "self"
        FAMILY = "family"
        LAWYER = "lawyer"
        ORGANISATION = "organisation"

    class Scope(models.TextChoices):
        NAME = "name"
        ALIAS = "alias"
        NARRATIVE = "narrative"
        PETITION = "petition"
        CHARGES = "charges"
        PHOTO = "photo"
        HEALTH = "health"
        FAMILY = "family"

    class ScopeAudience(models.TextChoices):
        PUBLIC = "public"
        PARTNERS = "partners"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="consents")
    audience = models.CharField(max_length=8, choices=ScopeAudience.choices, default=ScopeAudience.PUBLIC)
    scopes = models.JSONField(default=list)  # list of Scope values said yes to
    given_by = models.CharField(max_length=12, choices=GivenBy.choices)
    given_on = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = PublicationConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("given_on")), name="consent_ends_after_it_begins"
            ),
        ]
        indexes = [models.Index(fields=["case", "expires_at"])]
