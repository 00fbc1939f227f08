"""Action: what a campaign asks of a supporter, of one kind, and the words of its own."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Max, Q

from campaigns.models.campaign.campaign import Campaign
from campaigns.models.campaign.demand import Demand
from campaigns.models.campaign.language import InOneLanguage
from network.models import Person
from network.models.dialect import locked
from network.models.part import Part
from network.models.sealed import SealedJson


def new_fingerprint_key() -> bytes:
    return secrets.token_bytes(32)


class ActionQuerySet(models.QuerySet["Action"]):
    def open(self, at: Any) -> ActionQuerySet:
        """at: a moment, or what stands for one in a prepared query."""
        return self.filter(Q(act_before=None) | Q(act_before__gt=at), closed_at=None, is_draft=False)

    def last_number(self, year: int) -> int:
        """Of the urgent actions of a year; 0 before the first."""
        return self.filter(year=year).aggregate(last=Max("number"))["last"] or 0

    def locked(self, pk: int) -> Action:
        return locked(self).get(pk=pk)


class Action(models.Model):
    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="actions")
    kind = models.CharField(max_length=24)  # a folder of campaigns/kinds/
    demand = models.ForeignKey(
        Demand, null=True, on_delete=models.SET_NULL, related_name="actions"
    )  # ends when it is met
    options = models.JSONField(default=dict, blank=True)  # the kind's own dataclass, checked on write and read
    position = models.PositiveSmallIntegerField(default=1)
    # Keys the fingerprints of this action alone; destroyed 30 days after closing, and then nobody can be looked up.
    fingerprint_key = models.BinaryField(max_length=32, null=True, default=new_fingerprint_key)
    has_own_words = models.BooleanField(default=False)  # and is approved and opened by itself; else with its campaign
    is_draft = models.BooleanField(default=False)  # still being written: shown to nobody
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField(null=True)  # of one with words of its own
    closed_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(
        null=True
    )  # when whoever reads the campaign was told that there is one thing more to be read
    # An urgent action: not asked from that moment on, and numbered within the year in which it was opened.
    act_before = models.DateTimeField(null=True)
    number = models.PositiveIntegerField(null=True)
    year = models.PositiveSmallIntegerField(null=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "position"], name="one_action_per_position"),
            models.UniqueConstraint(fields=["year", "number"], name="one_urgent_action_per_number"),
        ]

    def is_open(self, at: datetime) -> bool:
        return self.closed_at is None and not self.is_draft and (self.act_before is None or self.act_before > at)

    def parts(self) -> list[Part]:
        """What is approved of an action with words of its own: what it is, and each language's words."""
        facts: dict[str, Any] = {"campaign": self.campaign_id, "kind": self.kind, "options": self.options}
        # What may be shown shrank, or the campaign was taken off: then somebody reads it again before it is asked again.
        facts |= {"epoch": self.campaign.epoch, "round": self.campaign.round}
        if self.act_before is not None:
            facts["act_before"] = self.act_before
        if self.demand_id is not None:
            facts["demand"] = self.demand_id
        parts = [Part.written_in(self, "facts", facts)]
        for text in sorted(self.texts.all(), key=lambda one: one.language):
            content = {
                "kind": self.kind,
                "language": text.language,
                "words": text.words,
                **self.campaign.since,
                **text.added,
            }
            parts.append(Part.written_in(text, f"text:{text.language}", content))
        return parts


class ActionText(InOneLanguage):
    """An action's words in one language, as its kind names them. People stand in them only as slots."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=8)
    words = SealedJson(default=dict)  # {name: text}
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["action", "language"], name="one_action_text_per_language")]

    def joined(self) -> str:
        """All of them as one text, to be looked through."""
        words: dict[str, Any] = self.words
        return "\n".join(words[name] for name in sorted(words))
