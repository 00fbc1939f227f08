"""Alert: a message to an audience, reviewed in each language, opened once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Now

from campaigns.models import Campaign
from network.models import ContactConsent, Person
from network.models.dialect import locked
from network.models.part import Part
from network.models.sealed import SealedText
from notifications.models.hours import Hours


class AlertQuerySet(models.QuerySet["Alert"]):
    def opening(self) -> AlertQuerySet:
        """Those whose slabs may be made now: the time in which they can be taken back is over."""
        return self.filter(Q(leaves_at=None) | Q(leaves_at__lte=Now()), state=Alert.State.OPENING)

    def standing(self) -> AlertQuerySet:
        """Those that follow what people do: also while paused or held, so that going on leaves nobody out."""
        states = (Alert.State.STANDING, Alert.State.PAUSED, Alert.State.HELD)
        return self.exclude(trigger="").filter(state__in=states)

    def going_once(self) -> AlertQuerySet:
        return self.filter(trigger="")

    def unopened(self) -> AlertQuerySet:
        """Those of which nobody has a delivery yet."""
        return self.filter(opened_through=0, opened_channel=ContactConsent.Channel.EMAIL)

    def before(self, severity_rank: int) -> AlertQuerySet:
        """Those that press more than a chunk of this rank."""
        return self.filter(severity__in=[severity for severity, rank in Alert.RANK.items() if rank < severity_rank])

    def pressing_first(self) -> AlertQuerySet:
        ranks = (When(severity=severity, then=Value(rank)) for severity, rank in Alert.RANK.items())
        return self.order_by(Case(*ranks), "opened_at")

    def tiring(self, since: datetime) -> AlertQuerySet:
        """Those that count against how often somebody is written to: opened since then, and not pressing."""
        return self.filter(opened_at__gte=since).exclude(severity__in=Alert.PRESSING)

    def under_way(self) -> AlertQuerySet:
        return self.filter(state__in=Alert.SENDING)

    def newest_first(self) -> AlertQuerySet:
        return self.order_by("-pk").prefetch_related("variants")

    def locked(self, pk: int) -> Alert:
        return locked(self).get(pk=pk)


class Alert(models.Model):
    class Severity(models.TextChoices):
        INFO = "info"
        ACTION = "action"
        URGENT = "urgent"
        STAND_DOWN = "stand_down"

    class State(models.TextChoices):
        DRAFT = "draft"
        OPENING = "opening"  # slabs are being made; those already made are being sent
        SENDING = "sending"  # everybody has a delivery
        STANDING = "standing"  # goes to each who does what it follows, from when it was opened until it ends
        PAUSED = "paused"
        CANCELLED = "cancelled"
        HELD = "held"  # after a restore, until an approver resumes or cancels it
        FINISHED = "finished"

    class Audience(models.TextChoices):
        JOINED = "joined"  # the campaign
        ACTED = "acted"  # took part in one of its actions
        NOT_ACTED = "not_acted"  # joined, and did not
        SUPPORTERS = "supporters"  # everybody who wants alerts at all
        GOT = "got"  # exactly those who got the alert that this one follows

    class Trigger(models.TextChoices):
        """What a standing alert follows. Whom it is for is asked again when each letter leaves."""

        JOINED = "joined"  # somebody joined the campaign
        ACTED = "acted"  # somebody's taking part was confirmed

    SENDING = (State.OPENING, State.SENDING, State.STANDING)  # states in which its letters may leave
    RANK = {Severity.STAND_DOWN: 0, Severity.URGENT: 1, Severity.ACTION: 2, Severity.INFO: 3}  # the most pressing first
    ASKING = (Severity.ACTION, Severity.URGENT)  # what asks its readers to do something
    PRESSING = (Severity.URGENT, Severity.STAND_DOWN)  # what also reaches people who want only the urgent

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="alerts")
    severity = models.CharField(max_length=12, choices=Severity.choices)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    audience = models.CharField(max_length=12, choices=Audience.choices, default=Audience.JOINED)
    languages = models.JSONField(default=list)  # only who reads one of these; empty: whatever they read
    countries = models.JSONField(default=list)  # only who said they live in one of these; empty: wherever they live
    # Between which hours of the reader's own day it may reach them, 0 to 24; null: at any hour.
    from_hour = models.PositiveSmallIntegerField(null=True)
    to_hour = models.PositiveSmallIntegerField(null=True)
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    trigger = models.CharField(max_length=8, choices=Trigger.choices, blank=True)  # empty: it goes once
    after_days = models.PositiveSmallIntegerField(default=0)  # between what it follows and the letter
    over_cap = SealedText(blank=True)  # why also those are written to who had enough lately; empty: they are not
    fallback_language = models.CharField(max_length=8, default="en")  # for people whose language has no variant
    expires_at = models.DateTimeField(null=True)  # dropped then, never late
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    leaves_at = models.DateTimeField(null=True)  # until then it can be taken back, and nothing has left
    # Opened for one channel after the other: which, and the highest person id that has been looked at for it.
    opened_channel = models.CharField(max_length=12, default=ContactConsent.Channel.EMAIL)
    opened_through = models.BigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    objects = AlertQuerySet.as_manager()

    def __str__(self) -> str:
        return f"alert {self.pk}"

    def is_past(self, at: datetime) -> bool:
        """Its last day is over: nothing of it goes any more."""
        return self.expires_at is not None and self.expires_at <= at

    @property
    def hours(self) -> Hours | None:
        return Hours(self.from_hour, self.to_hour) if self.from_hour is not None and self.to_hour is not None else None

    def parts(self) -> list[Part]:
        """What is approved, part by part: whom and when, and each language's words."""
        plan = {
            "campaign": self.campaign_id,
            "case_epoch": self.campaign.epoch,
            "severity": self.severity,
            "fallback": self.fallback_language,
            "expires": self.expires_at.isoformat() if self.expires_at else None,
            "audience": self.audience,
            "languages": self.languages,
            "follows": self.follows_id,
            "over_cap": self.over_cap,
        }
        # Left out where they say nothing: what was approved before there were such things stays approved.
        if self.countries:
            plan["countries"] = self.countries
        if self.trigger:
            plan["follows_each"] = [self.trigger, self.after_days]
        if self.hours:
            plan["hours"] = [*self.hours, self.campaign.zone]
        parts = [Part.written_in(self, "plan", plan)]
        for variant in sorted(self.variants.all(), key=lambda variant: variant.language):
            parts.append(Part.written_in(variant, f"text:{variant.language}", variant.words() | self.campaign.since))
        return parts


class AlertVariant(models.Model):
    """An alert's words in one language. Names stand only as slots."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="variants")
    language = models.CharField(max_length=8)
    subject = SealedText()
    kicker = SealedText(blank=True)  # "Something is asked · until 1 December"
    preheader = SealedText(blank=True)
    body = SealedText()  # Markdown
    body_text = SealedText()  # the plain twin, written, not converted
    button = SealedText()
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["alert", "language"], name="one_variant_per_language")]

    def words(self) -> dict[str, Any]:
        return {
            name: getattr(self, name)
            for name in ("language", "subject", "kicker", "preheader", "body", "body_text", "button")
        }
