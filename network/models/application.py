"""Application: an organisation that asks to be a partner; what was checked about it, and what was decided."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import models

from network.models.dialect import locked
from network.models.organisation import Organisation
from network.models.part import Part, digest_of
from network.models.person import Person
from network.models.principle import Principles


class ApplicationQuerySet(models.QuerySet["Application"]):
    def pending(self) -> ApplicationQuerySet:
        return self.filter(state=Application.State.PENDING)

    def waiting(self) -> ApplicationQuerySet:
        """Confirmed by mail and not decided yet, the longest wait first."""
        return self.filter(state=Application.State.WAITING).order_by("confirmed_at", "pk")

    def decided(self) -> ApplicationQuerySet:
        return self.filter(state__in=[Application.State.ADMITTED, Application.State.REFUSED]).order_by("-decided_at")

    def entered_before(self, moment: datetime) -> ApplicationQuerySet:
        return self.filter(entered_at__lt=moment)

    def decided_before(self, moment: datetime) -> ApplicationQuerySet:
        return self.filter(decided_at__lt=moment)

    def locked(self, pk: int) -> Application:
        return locked(self).get(pk=pk)


class Application(models.Model):
    class State(models.TextChoices):
        PENDING = "pending"  # the contact's address is not confirmed yet
        WAITING = "waiting"
        ADMITTED = "admitted"
        REFUSED = "refused"
        REJECTED = "rejected"  # "this was not me"
        EXPIRED = "expired"

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    legal_name = models.CharField(max_length=160)
    country = models.CharField(max_length=2)
    website = models.URLField()
    disclosures = models.TextField()
    principles = models.ForeignKey(Principles, on_delete=models.PROTECT, related_name="+")
    # Emptied when nobody confirmed, after "not me", and APPLICATION_CONTACT_DAYS after the decision.
    contact_name = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=8, default="en")
    entered_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)  # of a refusal, as it is sent to the contact
    organisation = models.OneToOneField(Organisation, null=True, on_delete=models.PROTECT, related_name="application")

    objects = ApplicationQuerySet.as_manager()

    def stated(self) -> dict[str, Any]:
        """What the applicant says; what two approvers say yes to, with the checks."""
        return {
            "legal_name": self.legal_name,
            "country": self.country,
            "website": self.website,
            "disclosures": self.disclosures,
            "principles": self.principles_id,
            "contact_name": self.contact_name,
            "address": self.address,
        }

    def part(self) -> Part:
        """The one part there is to approve: nobody of ours wrote it, so any two people may."""
        done = sorted(self.checks.values_list("name", "note"))
        return Part("admission", digest_of({**self.stated(), "checks": done}), None)

    def wipe(self) -> None:
        """Forget who wrote for the organisation; and everything, if nobody ever confirmed that it was theirs."""
        self.contact_name = self.address = ""
        if self.confirmed_at is None:
            self.legal_name = self.website = self.disclosures = self.country = ""


class ApplicationCheck(models.Model):
    """One point of the vetting checklist, ticked by somebody who looked."""

    class Name(models.TextChoices):
        LEGAL_IDENTITY = "legal_identity"
        WEBSITE = "website"
        CALLED_BACK = "called_back"
        REFEREES = "referees"
        MONEY_AND_TIES = "money_and_ties"
        PRINCIPLES = "principles"

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="checks")
    name = models.CharField(max_length=16, choices=Name.choices)
    note = models.CharField(max_length=300)  # what was looked at, and where
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    done_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "name"], name="one_check_per_point")]
