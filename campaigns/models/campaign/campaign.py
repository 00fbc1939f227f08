"""Campaign: for a case, one demand of one target, in every language the network reads."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import F

from campaigns.models.campaign.target import Target
from campaigns.models.gate.facts import case_facts
from campaigns.models.gate.opening import open_cases
from campaigns.models.record.case import Case
from network.models import Organisation, Person
from network.models.approval import Part, digest_of
from network.models.dialect import locked
from network.models.sealed import SealedJson, SealedText


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def live(self) -> CampaignQuerySet:
        """Which ask something."""
        return self.filter(state=Campaign.State.LIVE)

    def shown(self) -> CampaignQuerySet:
        """Which have a page, where the gate lets them: what asks, and what is over and says how it ended."""
        return self.filter(state__in=Campaign.SHOWN)

    def publishable(self, at: datetime) -> CampaignQuerySet:
        """Whose case the gate lets be shown now. Approval of the words is checked where they are rendered, by digest."""
        return self.filter(case__in=open_cases(at))

    def newest_first(self) -> CampaignQuerySet:
        return self.order_by(F("launched_at").desc(nulls_last=True), "-pk")

    def launched(self) -> CampaignQuerySet:
        """Live now or once: what somebody outside may have a copy of."""
        return self.exclude(launched_at=None)

    def joined_by(self, person: Person) -> CampaignQuerySet:
        return self.filter(joinings__person=person, joinings__left_at=None)

    def locked(self, pk: int) -> Campaign:
        return locked(self).get(pk=pk)


class Campaign(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft"
        REVIEW = "review"
        LIVE = "live"
        PAUSED = "paused"
        CLOSED = "closed"
        ARCHIVED = "archived"

    SHOWN = (State.LIVE, State.CLOSED)

    class Ending(models.TextChoices):
        """Why nothing is asked any more. None of them says that the campaign was the cause."""

        MET = "met"
        MET_IN_PART = "met_in_part"
        HANDED_OVER = "handed_over"
        MOOT = "moot"  # what was asked for can no longer be done
        ENDED = "ended"

    class Demand(models.TextChoices):
        RELEASE = "release"
        DROP_CHARGES = "drop_charges"
        FAIR_TRIAL = "fair_trial"
        MEDICAL_CARE = "medical_care"
        FAMILY_ACCESS = "family_access"
        END_HARASSMENT = "end_harassment"
        INVESTIGATE = "investigate"  # what remains to be asked for somebody who has died

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="campaigns")
    host = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="campaigns")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    demand = models.CharField(max_length=20, choices=Demand.choices, blank=True)
    target = models.ForeignKey(Target, null=True, on_delete=models.PROTECT, related_name="campaigns")
    zone = models.CharField(max_length=48, default="UTC")  # of the tz database: for members who named none of their own
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    launched_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=12, choices=Ending.choices, blank=True)
    # Counts how often it was taken off: going live again needs the facts approved again.
    round = models.PositiveSmallIntegerField(default=1)
    # When whoever may have a copy was told that it is gone; empty while it may be shown. Decides nothing: the query does.
    silenced_at = models.DateTimeField(null=True)

    objects = CampaignQuerySet.as_manager()

    def __str__(self) -> str:
        return f"campaign {self.slug}"

    def parts(self) -> list[Part]:
        """What is approved, part by part: what the campaign asks of whom, the facts of its case, and each language's
        words. Each has its own author, so that nobody approves what they changed."""
        facts = {
            "case": self.case_id,
            "demand": self.demand,
            "target": self.target_id,
            "target_titles": {t.language: t.title for t in self.target.texts.all()} if self.target else {},
            "host": self.host_id,
            "round": self.round,
            "actions": [
                [a.pk, a.kind, a.options]
                for a in sorted(self.actions.all(), key=lambda a: a.pk)
                if not a.has_own_words  # is approved by itself
            ],
        }
        if (
            self.zone != "UTC"
        ):  # left out where it says nothing: what was approved before there were zones stays approved
            facts["zone"] = self.zone
        parts = [
            Part("facts", digest_of(facts), self.written_by_id),
            Part("case", digest_of(case_facts(self.case)), self.case.written_by_id),
        ]
        for text in sorted(self.texts.all(), key=lambda t: t.language):
            parts.append(Part(f"text:{text.language}", digest_of(text.words()), text.written_by_id))
        return parts


class CampaignText(models.Model):
    """A campaign's words in one language. Names stand only as slots."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=8)
    # Written to be published, and sealed all the same: withdrawn words are nobody's business any more.
    title = SealedText()
    context = SealedText(blank=True)  # "teachers · Republic of Qaf"
    deck = SealedText()  # what happened and what we ask, in two or three sentences
    ask = SealedText()  # the demand of the target in one line
    letter = SealedText()  # Markdown; what is signed
    chain = SealedJson(default=list)  # act, charge, right, ask: list of {"title", "text"}
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "language"], name="one_campaign_text_per_language")]

    def words(self) -> dict[str, Any]:
        return {
            name: getattr(self, name) for name in ("language", "title", "context", "deck", "ask", "letter", "chain")
        }
