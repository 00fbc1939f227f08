"""Suppression: an address, or every address at a domain, that we must not write to; why, who said so, since and until when.

Released rows stay: they are the history.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from network.models import Person
from network.models.dialect import locked
from network.models.sealed import SealedText


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    def in_force(self) -> SuppressionQuerySet:
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=Now()), released_at=None)

    def stopping_everything(self) -> SuppressionQuerySet:
        """A mailbox that is gone, and what a steward said, stop all mail; a complaint and a full mailbox stop alerts only."""
        return self.in_force().filter(reason__in=Suppression.STOPPING_EVERYTHING)

    def of_mailbox(self, address: str) -> SuppressionQuerySet:
        """What speaks of an address, or of the whole domain it is at."""
        return self.filter(Q(address=address) | Q(address="", domain=domain_of(address)))

    def among(self, addresses: Collection[str]) -> set[str]:
        """Those of which something here speaks, of them or of the whole domain they are at."""
        spoken_of = Q(address__in=addresses) | Q(address="", domain__in={domain_of(one) for one in addresses})
        rows = set(self.filter(spoken_of).values_list("address", "domain"))
        mailboxes, domains = {address for address, _domain in rows}, {domain for address, domain in rows if not address}
        return {one for one in addresses if one in mailboxes or domain_of(one) in domains}

    def domains(self) -> list[str]:
        return list(self.in_force().filter(address="").values_list("domain", flat=True))

    def locked(self, pk: int) -> Suppression:
        return locked(self).get(pk=pk)


class Suppression(models.Model):
    class Reason(models.TextChoices):
        HARD_BOUNCE = "hard_bounce"  # there is no such mailbox
        SOFT_BOUNCES = "soft_bounces"  # refused for now, on several days
        COMPLAINT = "complaint"  # called spam by who got it
        MANUAL = "manual"

    STOPPING_EVERYTHING = (Reason.HARD_BOUNCE, Reason.MANUAL)

    address = models.CharField(max_length=254, blank=True, db_index=True)  # empty: the whole domain
    domain = models.CharField(max_length=253, blank=True, db_index=True)
    reason = models.CharField(max_length=16, choices=Reason.choices)
    source = models.CharField(max_length=40)  # smtp-550, returned, steward…
    note = SealedText(blank=True)
    created_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    expires_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["address", "domain", "reason"],
                condition=models.Q(released_at=None),
                name="one_suppression_in_force",
            ),
        ]


class SoftBounce(models.Model):
    """That a mailbox refused for now on a day: forgotten after SOFT_BOUNCE_DAYS."""

    address = models.CharField(max_length=254)
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "day"], name="one_soft_bounce_a_day")]

    @classmethod
    def days_of(cls, address: str, *, since: date) -> int:
        return cls._default_manager.filter(address=address, day__gte=since).count()


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].lower()
