"""Chunk: up to a thousand deliverables that leave together; the unit of leasing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat, Now

from network.models import ContactConsent
from network.models.prepared import Slot
from notifications.models.alert import Alert


class ChunkQuerySet(models.QuerySet["Chunk"]):
    def open(self) -> ChunkQuerySet:
        return self.filter(state=Chunk.State.OPEN)

    def due(self) -> ChunkQuerySet:
        """By the database's clock, whatever the workers' say; and not outside its hours."""
        return self.filter(not_before__lte=Now()).within_hours()

    def within_hours(self) -> ChunkQuerySet:
        return self.filter(Q(closes_at=None) | Q(closes_at__gt=Now()))

    def past_their_hours(self) -> ChunkQuerySet:
        return self.filter(closes_at__lte=Now())

    def unleased(self) -> ChunkQuerySet:
        """Nobody holds it, and nobody held it and was lost: nothing in it was sent that is not marked."""
        return self.filter(leased_until=None)

    def abandoned(self, domain: str | Slot, length: timedelta | Slot) -> ChunkQuerySet:
        """Its lease ran out. For one lease's length longer only workers that can read its journal may take it."""
        readable = Q(journal_domain="") | Q(journal_domain=domain)
        return self.filter(leased_until__lt=Now()).filter(readable | Q(leased_until__lt=Now() - length))

    def leased_for_longer_than(self, length: timedelta) -> ChunkQuerySet:
        return self.filter(leased_until__gt=Now() + length)

    def free_for(self, domain: str | Slot, length: timedelta | Slot) -> ChunkQuerySet:
        return self.unleased() | self.abandoned(domain, length)

    def held_by_nobody_living(self) -> ChunkQuerySet:
        return self.filter(Q(leased_until=None) | Q(leased_until__lt=Now()))

    def of_notices(self) -> ChunkQuerySet:
        return self.filter(kind=Chunk.Kind.NOTICE)

    def sendable(self) -> ChunkQuerySet:
        """Notices always; an alert's only while the alert is open, not paused, cancelled or held."""
        return self.filter(Q(alert=None) | Q(alert__state__in=Alert.SENDING))

    def outside(self, buckets: list[str] | Slot) -> ChunkQuerySet:
        """Alerts and letters of none of these buckets; and notices, which wait for no limit."""
        named = self.alias(of_bucket=Concat("sender", Value(":"), "destination"))
        return named.exclude(kind__in=[Chunk.Kind.DELIVERY, Chunk.Kind.LETTER], of_bucket__among=buckets)

    def before(self, kind_rank: Any, severity_rank: Any) -> ChunkQuerySet:
        """Those that press more than one of these ranks."""
        return self.filter(Q(kind_rank__lt=kind_rank) | Q(kind_rank=kind_rank, severity_rank__lt=severity_rank))

    def most_pressing_first(self) -> ChunkQuerySet:
        return self.order_by("kind_rank", "severity_rank", "not_before", "pk")


class Chunk(models.Model):
    class Kind(models.TextChoices):
        NOTICE = "notice"
        DELIVERY = "delivery"
        LETTER = "letter"  # to an office, for its writer

    class State(models.TextChoices):
        OPEN = "open"
        CLOSED = "closed"

    # Lower goes first: a stand-down overtakes everything among alerts, a notice overtakes every alert.
    KIND_RANK = {Kind.NOTICE: 0, Kind.DELIVERY: 1, Kind.LETTER: 1}
    SEVERITY_RANK = {**{severity.value: rank for severity, rank in Alert.RANK.items()}, "": 0}

    kind = models.CharField(max_length=10, choices=Kind.choices)
    kind_rank = models.PositiveSmallIntegerField()
    alert = models.ForeignKey("notifications.Alert", null=True, on_delete=models.CASCADE, related_name="chunks")
    channel = models.CharField(max_length=12, default="email")
    sender = models.CharField(max_length=64, default="default")
    language = models.CharField(max_length=8)
    destination = models.CharField(max_length=16, default="other")
    severity_rank = models.PositiveSmallIntegerField(default=0)
    slab = models.BigIntegerField(null=True)  # the person id up to which the slab that made it reached
    ordinal = models.PositiveIntegerField(default=0)  # place within (slab, language, destination)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    not_before = models.DateTimeField()
    # Of an alert that keeps to hours: by which clock, and when they end. Then it waits for the next.
    zone = models.CharField(max_length=48, blank=True)
    closes_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=80, blank=True)
    journal_domain = models.CharField(max_length=64, blank=True)
    token = models.BigIntegerField(default=0)  # fencing: higher with each lease, by the clock
    # What became of its rows, moved in the transaction that settles them; rows that left for another chunk left its size.
    size_count = models.PositiveIntegerField(default=0)
    sent_count = models.PositiveIntegerField(default=0)
    failed_count = models.PositiveIntegerField(default=0)
    dropped_count = models.PositiveIntegerField(default=0)
    uncertain_count = models.PositiveIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)  # leases in a row that reached nobody

    objects = ChunkQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["kind_rank", "severity_rank", "not_before"], condition=Q(state="open"), name="chunk_leasable"
            ),
            models.Index(fields=["alert", "state"]),
        ]

    @classmethod
    def of_alert(cls, alert: Alert, *, channel: str, **fields: Any) -> Chunk:
        """An unsaved chunk of an alert's deliveries; limits are for mail, so other channels have senders of their own."""
        return cls(
            kind=cls.Kind.DELIVERY,
            kind_rank=cls.KIND_RANK[cls.Kind.DELIVERY],
            severity_rank=cls.SEVERITY_RANK[alert.severity],
            alert=alert,
            channel=channel,
            sender="default" if channel == ContactConsent.Channel.EMAIL else channel,
            **fields,
        )

    @staticmethod
    def closed_filter() -> Q:
        return Q(state=Chunk.State.CLOSED)

    @property
    def is_untouched(self) -> bool:
        """Nothing in it is settled: its size is the number of its rows."""
        return not (self.sent_count or self.failed_count or self.dropped_count or self.uncertain_count)

    @property
    def is_pressing(self) -> bool:
        """Better twice than perhaps not at all: notices, which somebody waits for, and alerts that press."""
        return self.kind == Chunk.Kind.NOTICE or self.severity_rank <= Alert.RANK[Alert.Severity.URGENT]

    @property
    def bucket(self) -> str:
        """What paces it: the sender towards the destination group."""
        return f"{self.sender}:{self.destination}"
