"""Campaign: for a case or for several, what is asked of which offices, in every language the network reads."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q

from campaigns.models.campaign.campaign_case import CampaignCase
from campaigns.models.campaign.language import InOneLanguage
from campaigns.models.gate.consent import PublicationConsent
from campaigns.models.gate.facts import case_facts
from campaigns.models.gate.opening import open_cases
from campaigns.models.record.case import Case
from network.models import Organisation, Person
from network.models.dialect import locked
from network.models.part import Part
from network.models.prepared import Slot
from network.models.sealed import SealedJson, SealedText


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def live(self) -> CampaignQuerySet:
        """Which ask something."""
        return self.filter(state=Campaign.State.LIVE)

    def shown(self) -> CampaignQuerySet:
        """Which have a page, where the gate lets them: what asks, and what is over and says how it ended."""
        return self.filter(state__in=Campaign.SHOWN)

    def publishable(self, at: datetime | Slot) -> CampaignQuerySet:
        """All of whose cases the gate lets be shown now. Approval of the words is checked where they are rendered, by digest."""
        return self.filter(case__in=open_cases(at)).with_nobody_silent_beside(at)

    def with_nobody_silent_beside(self, at: datetime | Slot) -> CampaignQuerySet:
        silent = CampaignCase.objects.standing().filter(campaign=OuterRef("pk")).exclude(case__in=open_cases(at))
        return self.filter(~Exists(silent))

    def about(self, case: Case | int) -> CampaignQuerySet:
        """Which lean on a case, alone or with others."""
        beside = CampaignCase.objects.standing().filter(campaign=OuterRef("pk"), case=case)
        return self.filter(Q(case=case) | Exists(beside))

    def ever_about(self, case: Case | int) -> CampaignQuerySet:
        """And those that did, and may hold words about it still."""
        return self.filter(Q(case=case) | Exists(CampaignCase.objects.filter(campaign=OuterRef("pk"), case=case)))

    def left_in_peace(self) -> CampaignQuerySet:
        """For somebody who took their consent back and has said nothing new, or whose case was withdrawn: nothing of theirs is
        anybody's work."""
        taken_back = PublicationConsent.objects.withdrawn_last().values("case")
        gone = Case.objects.filter(Q(pk__in=taken_back) | Q(withdrawn_at__isnull=False))
        beside = CampaignCase.objects.standing().filter(campaign=OuterRef("pk"), case__in=gone)
        return self.filter(Q(case__in=gone) | Exists(beside))

    def newest_first(self) -> CampaignQuerySet:
        return self.order_by(F("launched_at").desc(nulls_last=True), "-pk")

    def launched(self) -> CampaignQuerySet:
        """Live now or once: what somebody outside may have a copy of."""
        return self.exclude(launched_at=None)

    def joined_by(self, person: Person) -> CampaignQuerySet:
        return self.filter(joinings__person=person, joinings__left_at=None)

    def locked(self, pk: int) -> Campaign:
        return locked(self, others_may_refer=True).get(pk=pk)

    def locked_with_its_cases(self, pk: int, *, and_case: int | None = None) -> Campaign:
        """The cases first and in one order, as everywhere, also those that left: a withdrawal that is under way goes first, and
        is then seen."""
        wanted = self._case_ids(pk) | ({and_case} if and_case else set())
        while True:
            savepoint = transaction.savepoint()
            for case_id in sorted(wanted):
                Case.objects.locked(case_id)
            campaign, its = self.locked(pk), self._case_ids(pk)
            if its <= wanted:
                transaction.savepoint_commit(savepoint)
                return campaign
            transaction.savepoint_rollback(savepoint)  # one was added meanwhile: all are let go, to keep to the order
            wanted |= its

    def _case_ids(self, pk: int) -> set[int]:
        beside = CampaignCase.objects.filter(campaign=pk).values_list("case", flat=True)
        return {self.values_list("case", flat=True).get(pk=pk), *beside}


class Campaign(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft"
        REVIEW = "review"
        LIVE = "live"
        PAUSED = "paused"
        CLOSED = "closed"
        ARCHIVED = "archived"  # over, out of the lists, and kept as it was

    SHOWN = (State.LIVE, State.CLOSED, State.ARCHIVED)
    WRITTEN = (State.DRAFT, State.REVIEW)  # in which its words may change

    class Ending(models.TextChoices):
        """Why nothing is asked any more. None of them says that the campaign was the cause."""

        MET = "met"
        MET_IN_PART = "met_in_part"
        HANDED_OVER = "handed_over"
        MOOT = "moot"  # what was asked for can no longer be done
        ENDED = "ended"

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="campaigns"
    )  # it leads with; more are `beside`
    # What `epoch` counts from: each change of whom it is for moves it past all that was.
    cases_epoch = models.PositiveIntegerField(default=0)
    # When somebody left last, after it was launched: what it says now is not what people read and signed before.
    rewritten_at = models.DateTimeField(null=True)
    # Whose words it began from, where they were another's.
    begun_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="successors")
    host = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="campaigns")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
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

    @property
    def cases(self) -> list[Case]:
        """Whom it is for, whom it leads with first."""
        return [self.case, *(row.case for row in self.beside.all() if row.left_at is None)]

    @property
    def left(self) -> list[CampaignCase]:
        """Whom it was for, or began from words about: nothing in it may tell of them any more."""
        return [row for row in self.beside.all() if row.left_at is not None]

    @property
    def since(self) -> dict[str, int]:
        """Part of what is approved of words that lean on it, once it has been for others: they are read as of these people."""
        return {"since": self.cases_epoch} if self.cases_epoch else {}

    @property
    def has_petition(self) -> bool:
        """People sign its letter; without one it asks for other things."""
        return any(not action.has_own_words for action in self.actions.all())

    @property
    def epoch(self) -> int:
        """Moves when less may be shown of anybody it is for, and when it is for others; it never comes back to what it was."""
        return self.cases_epoch + sum(case.epoch for case in self.cases)

    def parts(self) -> list[Part]:
        """What is approved, part by part: what the campaign asks of whom, the facts of each of its cases, and each language's
        words. Each has its own author, so that nobody approves what they changed."""
        demands = list(self.demands.all())
        first = demands[0] if demands else None
        facts = {
            "case": self.case_id,
            "demand": first.asks if first else "",
            "target": first.target_id if first else None,
            "target_titles": first.facts()["titles"] if first else {},
            "host": self.host_id,
            "round": self.round,
            "actions": [
                [a.pk, a.kind, a.options]
                for a in sorted(self.actions.all(), key=lambda a: a.pk)
                if not a.has_own_words  # is approved by itself
            ],
        }
        # Left out where they say nothing: what was approved before there were such things stays approved.
        if self.zone != "UTC":
            facts["zone"] = self.zone
        if len(demands) > 1 or any(one.says_more for one in demands):
            facts["demands"] = [one.facts() for one in demands]
        beside = [case.pk for case in self.cases[1:]]
        if beside:
            facts["beside"] = beside
        parts = [
            Part.written_in(self, "facts", facts | self.since),
            Part.written_in(self.case, "case", case_facts(self.case) | self.since),
        ]
        for case in self.cases[1:]:
            parts.append(Part.written_in(case, f"case:{case.pk}", case_facts(case) | self.since))
        for text in sorted(self.texts.all(), key=lambda t: t.language):
            parts.append(Part.written_in(text, f"text:{text.language}", text.words() | self.since | text.added))
        return parts


class CampaignText(InOneLanguage):
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
