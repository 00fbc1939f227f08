"""Tally: how many people confirmed an action, moved by a consumer of the log."""

from __future__ import annotations

from django.db import models

from campaigns.models.campaign.action import Action


class Tally(models.Model):
    action = models.OneToOneField(Action, primary_key=True, on_delete=models.CASCADE, related_name="tally")
    confirmed = models.BigIntegerField(default=0)
    nameless = models.BigIntegerField(
        default=0
    )  # who stood here without a name or an address; never mixed into the others
    on_paper = models.BigIntegerField(default=0)  # signatures that two people counted on paper; likewise
    as_of = models.DateTimeField(null=True)
