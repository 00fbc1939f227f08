"""Action: what a campaign asks of a supporter, of one kind."""

from __future__ import annotations

import secrets
from uuid import uuid4

from django.db import models

from campaigns.models.campaign.campaign import Campaign


def new_fingerprint_key() -> bytes:
    return secrets.token_bytes(32)


class ActionQuerySet(models.QuerySet["Action"]):
    def open(self) -> ActionQuerySet:
        return self.filter(closed_at=None)


class Action(models.Model):
    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="actions")
    kind = models.CharField(max_length=24)  # a folder of campaigns/kinds/
    options = models.JSONField(default=dict, blank=True)  # the kind's own dataclass, checked on write and read
    position = models.PositiveSmallIntegerField(default=1)
    # Keys the fingerprints of this action alone; destroyed 30 days after closing, and then nobody can be looked up.
    fingerprint_key = models.BinaryField(max_length=32, null=True, default=new_fingerprint_key)
    closed_at = models.DateTimeField(null=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
