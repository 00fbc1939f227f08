"""SignOn: an organisation under a joint statement, by somebody who may speak for it."""

from __future__ import annotations

from django.db import models

from campaigns.models.campaign.action import Action
from network.models import Organisation, Person
from network.models.dialect import locked
from network.models.sealed import SealedText


class SignOnQuerySet(models.QuerySet["SignOn"]):
    def standing(self) -> SignOnQuerySet:
        """Confirmed, and the organisation in good standing today."""
        partners = Organisation.objects.in_good_standing()
        return self.filter(state=SignOn.State.CONFIRMED, organisation__in=partners).order_by("confirmed_at", "pk")

    def of(self, organisation: Organisation) -> SignOnQuerySet:
        return self.filter(organisation=organisation)

    def by(self, person: Person) -> SignOnQuerySet:
        return self.filter(models.Q(entered_by=person) | models.Q(confirmed_by=person))

    def locked(self, pk: int) -> SignOn:
        return locked(self).get(pk=pk)


class SignOn(models.Model):
    class State(models.TextChoices):
        ENTERED = "entered"
        CONFIRMED = "confirmed"
        WITHDRAWN = "withdrawn"

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="sign_ons")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="sign_ons")
    state = models.CharField(max_length=9, choices=State.choices, default=State.ENTERED)
    signatory = SealedText()  # who signs for it
    authority = SealedText()  # and why they may
    is_confidential = models.BooleanField(default=False)  # counted, and named nowhere
    digest = models.CharField(max_length=64)  # of the text that was signed
    entered_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    entered_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    objects = SignOnQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["action", "organisation"], name="one_sign_on_per_organisation")]
