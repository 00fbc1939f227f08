"""PublicationConsent: which fields may be shown to whom, until when, and whether it still stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q

from campaigns.models.record.case import Case
from network.models import Person
from network.models.prepared import Slot
from network.models.sealed import SealedText


class PublicationConsentQuerySet(models.QuerySet["PublicationConsent"]):
    def in_force(self, at: datetime | Slot) -> PublicationConsentQuerySet:
        """Given, not withdrawn, not expired: compared at the moment of asking, never flipped by a job."""
        return self.filter(withdrawn_at=None, given_on__lte=at, expires_at__gt=at)

    def for_public(self) -> PublicationConsentQuerySet:
        return self.filter(audience=PublicationConsent.ScopeAudience.PUBLIC)

    def heard_by(self, audience: str) -> PublicationConsentQuerySet:
        """What counts for an audience: partners may read what everybody may, and what was said for them alone."""
        return self if audience == PublicationConsent.ScopeAudience.PARTNERS else self.for_public()

    def latest_in_force(self, at: datetime | Slot) -> PublicationConsentQuerySet:
        """In force, and nothing newer said by the same giver to the same audience: an older, longer yes does not outlast
        the one that took its place."""
        newer = PublicationConsent.objects.filter(
            case=OuterRef("case"), audience=OuterRef("audience"), given_by=OuterRef("given_by"), withdrawn_at=None
        ).filter(Q(given_on__gt=OuterRef("given_on")) | Q(given_on=OuterRef("given_on"), pk__gt=OuterRef("pk")))
        return self.in_force(at).filter(~Exists(newer.filter(given_on__lte=at)))

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
        """What each giver said last to each audience, in force or lapsed: a lapse must never widen what others permit."""
        latest: dict[tuple[int, str, str], PublicationConsent] = {}
        for consent in self.filter(withdrawn_at=None).order_by("given_on", "pk"):
            latest[consent.case_id, consent.given_by, consent.audience] = consent
        return list(latest.values())


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
        QUOTE = "quote"
        PROVINCE = "province"
        AGE = "age"
        ETHNICITY = "ethnicity"
        RELIGION = "religion"
        ORIENTATION = "orientation"
        TRANSLATION = "translation"
        MEMORIAL = "memorial"
        MEDIA = "media"
        # Two questions of the Special Rapporteur, never merged: a letter to the Government, and the public report.
        UN_LETTER = "un_letter"
        UN_REPORT = "un_report"
        CHILD = "child"  # said for a child by who answers for them: without it only an alias and what happened

    class ScopeAudience(models.TextChoices):
        PUBLIC = "public"
        PARTNERS = "partners"

    class Capacity(models.TextChoices):
        FREE = "free"
        IN_CUSTODY = "in_custody"
        MINOR = "minor"
        DECEASED = "deceased"

    class Channel(models.TextChoices):
        IN_PERSON = "in_person"
        SECURE_CALL = "secure_call"
        LAWYER = "lawyer"
        LETTER = "letter"
        OWN_POST = "own_post"

    class Explained(models.TextChoices):
        """What was made clear before they said yes; a consent counts only with all four."""

        PURPOSE = "purpose"
        AUDIENCES = "audiences"
        WORST_CASE = "worst_case"
        NO_WAY_BACK = "no_way_back"  # what was online once cannot be fully taken back

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="consents")
    audience = models.CharField(max_length=8, choices=ScopeAudience.choices, default=ScopeAudience.PUBLIC)
    scopes = models.JSONField(default=list)  # list of Scope values said yes to
    ask_again = models.JSONField(default=list)  # of Scope: neither yes nor no; they want to be asked each time
    given_by = models.CharField(max_length=12, choices=GivenBy.choices)
    capacity = models.CharField(max_length=12, choices=Capacity.choices, default=Capacity.FREE)
    channel = models.CharField(max_length=12, choices=Channel.choices, blank=True)
    language = models.CharField(max_length=8, blank=True)  # in which it was explained
    explained = models.JSONField(default=list)  # of Explained
    conditions = SealedText(blank=True)
    authority = SealedText(blank=True)  # why they may speak for the person
    evidence = SealedText(blank=True)  # where the record of it lies, never the record itself
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

    def is_in_force(self, at: datetime) -> bool:
        return self.withdrawn_at is None and self.given_on <= at < self.expires_at


Scope = PublicationConsent.Scope
# Of a child these need Scope.CHILD beside their own.
RAISED_FOR_A_CHILD = frozenset(
    {
        Scope.NAME, Scope.PHOTO, Scope.PROVINCE, Scope.AGE, Scope.QUOTE, Scope.HEALTH, Scope.FAMILY,
        Scope.ETHNICITY, Scope.RELIGION, Scope.ORIENTATION, Scope.MEDIA, Scope.CHARGES, Scope.TRANSLATION,
        Scope.UN_LETTER, Scope.UN_REPORT,
    }
)  # fmt: skip


def permitted_scopes(case: Case, said: Iterable[PublicationConsent], *, child_said: bool = False) -> frozenset[str]:
    """The scopes that what was `said` last (see last_of_each_giver) permits for a case: only what every giver says yes to.

    A child's own word opens nothing that is raised for a child: somebody who answers for them must have said so.
    child_said: as if they had.
    """
    said = list(said)
    by_giver: dict[str, set[str]] = {}
    for consent in said:
        by_giver.setdefault(consent.given_by, set()).update(consent.scopes)
    if not by_giver:
        return frozenset()
    scopes = set.intersection(*by_giver.values())
    left = [theirs for giver, theirs in by_giver.items() if giver != PublicationConsent.GivenBy.SELF]
    if left and all(Scope.MEMORIAL.value in theirs for theirs in left):
        # Whether somebody is remembered is for who is left to say; they themselves were asked about their life.
        scopes.add(Scope.MEMORIAL.value)
    if not child_said and (
        case.is_about_a_child or any(consent.capacity == PublicationConsent.Capacity.MINOR for consent in said)
    ):
        answering = [scopes for giver, scopes in by_giver.items() if giver != PublicationConsent.GivenBy.SELF]
        if not answering or not all(Scope.CHILD in scopes for scopes in answering):
            scopes -= RAISED_FOR_A_CHILD
    if case.named_until is not None and Scope.NAME not in scopes:
        scopes -= {Scope.ALIAS}
    return frozenset(scopes)
