"""Update: news of a campaign for everybody who follows it, in its own words, approved and published by itself."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db import models

from campaigns.models.campaign.campaign import Campaign
from network.models import Person
from network.models.dialect import locked
from network.models.part import Part
from network.models.sealed import SealedText


class UpdateQuerySet(models.QuerySet["Update"]):
    def published(self) -> UpdateQuerySet:
        """Put before readers and not taken back. Whether its words may stand is asked where they are rendered."""
        return self.exclude(published_at=None).filter(taken_back_at=None)

    def latest_first(self) -> UpdateQuerySet:
        return self.order_by("-published_at", "-pk")

    def locked(self, pk: int) -> Update:
        return locked(self).get(pk=pk)


class Update(models.Model):
    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="updates")
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)

    objects = UpdateQuerySet.as_manager()

    @property
    def is_draft(self) -> bool:
        return self.published_at is None and self.taken_back_at is None

    def parts(self) -> list[Part]:
        """What is approved: of which campaign it is news, as that stood, and each language's words."""
        campaign = self.campaign
        facts = {"campaign": campaign.pk, "epoch": campaign.epoch, "round": campaign.round}
        texts = sorted(self.texts.all(), key=lambda one: one.language)
        words = (Part.written_in(one, f"text:{one.language}", one.words() | campaign.since) for one in texts)
        return [Part.written_in(self, "facts", facts), *words]


class UpdateText(models.Model):
    """An update's words in one language. People stand in them only as slots."""

    update = models.ForeignKey(Update, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=8)
    title = SealedText()
    body = SealedText()  # Markdown
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["update", "language"], name="one_update_text_per_language")]

    def words(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("language", "title", "body")}
