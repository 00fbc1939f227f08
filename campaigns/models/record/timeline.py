"""TimelineEvent: what happened and when, in words; OwnWords: what they ask for; Correction: what we had wrong."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from campaigns.models.record.case import Case
from campaigns.models.record.claim import Claim, ClaimQuerySet
from network.models import Person
from network.models.dialect import locked
from network.models.sealed import SealedJson


class TimelineQuerySet(ClaimQuerySet):
    def locked(self, pk: int):  # type: ignore[no-untyped-def]  # of its own kind
        return locked(self).get(pk=pk)


class TimelineEventQuerySet(TimelineQuerySet):
    def fatal(self) -> TimelineEventQuerySet:
        return self.filter(kind__in=[TimelineEvent.Kind.DEATH, TimelineEvent.Kind.EXECUTION])


class TimelineEvent(Claim):
    class Kind(models.TextChoices):
        SUMMONS = "summons"
        RAID = "raid"
        ARREST = "arrest"
        TRANSFER = "transfer"
        INTERROGATION = "interrogation"
        SOLITARY = "solitary"
        CONTACT = "contact"
        CONTACT_DENIED = "contact_denied"
        LAWYER_REFUSED = "lawyer_refused"
        CHARGE = "charge"
        HEARING = "hearing"
        VERDICT = "verdict"
        APPEAL = "appeal"
        SENTENCE_START = "sentence_start"
        HUNGER_STRIKE = "hunger_strike"
        HUNGER_STRIKE_END = "hunger_strike_end"
        MEDICAL_TRANSFER = "medical_transfer"
        MEDICAL_DENIAL = "medical_denial"
        FLOGGING = "flogging"
        BAIL = "bail"
        FURLOUGH = "furlough"
        RELEASE = "release"
        REARREST = "rearrest"
        DISMISSAL = "dismissal"
        EXPULSION = "expulsion"
        BAN = "ban"
        THREAT_TO_FAMILY = "threat_to_family"
        CONFESSION_AIRED = "confession_aired"
        EXECUTION_NOTICE = "execution_notice"
        EXECUTION = "execution"
        DEATH = "death"
        STATEMENT_BY_STATE = "statement_by_state"
        UN_COMMUNICATION = "un_communication"
        ACTION_LAUNCHED = "action_launched"
        RESPONSE = "response"
        OTHER = "other"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="timeline")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    words = SealedJson(default=dict)  # {language: a sentence or two}, names as slots

    objects = TimelineEventQuerySet.as_manager()

    class Meta:
        ordering = ["from_latest", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(from_latest__gte=F("from_earliest")), name="event_begins_in_order")
        ]


class OwnWords(Claim):
    """What they ask the world to say, as they said it. Translated only by a consent of its own."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="own_words")
    language = models.CharField(max_length=8)  # in which they said it
    words = SealedJson(default=dict)  # {language: words}; the original is under `language`

    objects = TimelineQuerySet.as_manager()

    class Meta:
        ordering = ["-from_latest", "-pk"]


class Correction(models.Model):
    """A line of the public log of corrections: what we had wrong, and what is so."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="corrections")
    words = SealedJson(default=dict)  # {language: what changed}
    recorded_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField()
    verified_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    verified_at = models.DateTimeField(null=True)

    objects = TimelineQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "-pk"]
