"""ApiKey: what an organisation's tools show at the API. Shown once; only its hash is kept."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from django.db import models

from network.models.dialect import locked
from network.models.organisation import Organisation
from network.models.person import Person

PREFIX = "hk_"  # lets secret scanners recognise a key that was committed by mistake


def hash_of(secret: str) -> str:
    """SHA-256, 64 hex characters. A plain hash is enough: the secret has 256 random bits, so nothing can be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    def usable(self, at: datetime) -> ApiKeyQuerySet:
        """Not revoked, not expired, and the organisation in good standing: asked with every request."""
        return self.filter(
            revoked_at=None,
            expires_at__gt=at,
            organisation__standing__in=[Organisation.Standing.PROBATION, Organisation.Standing.FULL],
        )

    def of(self, organisation: Organisation) -> ApiKeyQuerySet:
        return self.filter(organisation=organisation).order_by("-created_at", "-pk")

    def locked(self, pk: int) -> ApiKey:
        return locked(self).get(pk=pk)


class ApiKey(models.Model):
    class Scope(models.TextChoices):
        ORGANISATION_READ = "organisation.read"
        CAMPAIGNS_READ = "campaigns.read"
        CASES_READ = "cases.read"
        CHANGES_READ = "changes.read"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=80)
    handle = models.CharField(max_length=12, unique=True)  # the readable part of the key; finds the row
    hash = models.CharField(max_length=64)
    scopes = models.JSONField(default=list)
    created_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)  # the day is enough to find keys nobody uses

    objects = ApiKeyQuerySet.as_manager()

    def matches(self, secret: str) -> bool:
        return hmac.compare_digest(self.hash, hash_of(secret))

    def is_usable(self, at: datetime) -> bool:
        return self.revoked_at is None and self.expires_at > at
