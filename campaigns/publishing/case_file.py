"""CaseFile: all that an organiser sees of one case on record; and how far a silence has come, edge by edge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q

from campaigns.events import (
    CampaignLaunched,
    CampaignReturned,
    CampaignSilenced,
    CasePublished,
    CaseReturned,
    CaseSilenced,
    CaseWithdrawn,
    ConsentWithdrawn,
)
from campaigns.models import (
    Campaign,
    CampaignCase,
    Case,
    CorrectionRequest,
    PublicationConsent,
    RiskAssessment,
    open_cases,
)
from campaigns.publishing import campaign as campaigns
from campaigns.publishing.audiences import Audience
from campaigns.publishing.copies import CopiesCounted, copies_counted
from campaigns.publishing.vocabulary import ANSWERS, CAPACITIES, CHANNELS, RISK_QUESTIONS
from campaigns.publishing.workspace import CaseOnRecord, case_on_record, title_of
from network.languages import current_language, languages_of_names
from network.models import Consumer, OutboxEvent
from network.models.consumer import LEDGER

FRONT_CACHES = "front-caches"


@dataclass(frozen=True, kw_only=True)
class ConsentOnRecord:
    id: int
    given_by: str
    audience: str
    scopes: tuple[str, ...]
    ask_again: tuple[str, ...]
    capacity: Any  # how the person was, in words
    channel: Any  # how it was given, in words; empty where nobody said
    explained_in: str  # what the reader calls that language; empty where nobody said
    given_on: datetime
    expires_at: datetime
    withdrawn_at: datetime | None
    has_code: bool
    is_in_force: bool
    is_replaced: bool  # the same giver has said something newer to the same audience


@dataclass(frozen=True, kw_only=True)
class RiskOnRecord:
    result: str
    assessed_at: datetime
    valid_until: datetime
    by: str
    is_in_date: bool
    answers: tuple[tuple[Any, Any], ...]  # (question, answer), in the order they were asked
    mitigation: str  # sealed in the database; for whoever works on cases


@dataclass(frozen=True, kw_only=True)
class Leaning:
    """A campaign that leans on the case, and whether anybody can see it now."""

    id: int
    title: str
    state: str
    is_shown: bool


@dataclass(frozen=True, kw_only=True)
class Edge:
    """A place from which a withdrawn case must vanish. seconds: how long it took, or None while it has not yet."""

    name: str
    bound_seconds: int
    seconds: float | None


@dataclass(frozen=True, kw_only=True)
class Silence:
    since: datetime
    edges: tuple[Edge, ...]
    copies: CopiesCounted  # elsewhere, and not ours to remove

    @property
    def is_complete(self) -> bool:
        return all(edge.seconds is not None for edge in self.edges)


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    case: CaseOnRecord
    consents: tuple[ConsentOnRecord, ...]
    risks: tuple[RiskOnRecord, ...]
    leaning: tuple[Leaning, ...]
    requests: tuple[CorrectionRequest, ...]
    silence: Silence | None


def case_file(case_id: int, *, at: datetime) -> CaseFile | None:
    case = case_on_record(case_id, at=at)
    if case is None:
        return None
    consents = PublicationConsent.objects.filter(case=case_id).select_related("withdrawal_code").order_by("-given_on")
    latest = {row.pk for row in PublicationConsent.objects.filter(case=case_id).last_of_each_giver()}
    risks = RiskAssessment.objects.filter(case=case_id).select_related("assessed_by").order_by("-assessed_at", "-pk")
    return CaseFile(
        case=case,
        consents=tuple(_consent(row, latest, at=at) for row in consents),
        risks=tuple(_risk(row, at=at) for row in risks),
        leaning=tuple(
            Leaning(id=row.pk, title=title_of(row.pk), state=row.state, is_shown=_is_read(row, at=at))
            for row in Campaign.objects.about(case_id).order_by("-pk")
        ),
        requests=tuple(_asked_for(case_id)),
        silence=silence_of(case_id, at=at),
    )


def _asked_for(case_id: int) -> list[CorrectionRequest]:
    """Also what was asked on the page of a campaign that leads with somebody else, or was for them once."""
    about = Campaign.objects.ever_about(case_id)
    rows = CorrectionRequest.objects.filter(Q(case=case_id) | Q(campaign__in=about))
    return list(rows.order_by("-asked_at")[:50])


def _is_read(row: Campaign, *, at: datetime) -> bool:
    """Whether anybody can read it now, by the same question that its page asks."""
    return campaigns.find_by_id(row.pk, audience=Audience.PUBLIC, language="en", at=at) is not None


def silence_of(case_id: int, *, at: datetime) -> Silence | None:
    """How far a silence has come on each edge of ours, since it began: with the first withdrawal, or with what told that a
    consent had ended; None while nothing was withdrawn or ended, or something has been shown since.

    Mail in flight is an edge too, but the letters are notifications' to count.
    """
    theirs = _of_its_campaigns(case_id)
    event = _silenced_by(case_id, theirs, at=at)
    if event is None:
        return None
    since = event.happened_at
    caches = timedelta(seconds=settings.PAGE_CACHE_SECONDS)
    tombstones = OutboxEvent.objects.filter(happened_at__gte=since).filter(
        Q(theirs, name=CampaignSilenced.__name__) | Q(name=CaseSilenced.__name__, subject_id=str(case_id))
    )
    ledger = Consumer.objects.filter(name=LEDGER, position__gte=event.position or 0).first()
    told = not tombstones.filter(position=None).exists()
    edges = [
        Edge(name="pages", bound_seconds=0, seconds=0.0),
        Edge(
            name=FRONT_CACHES,
            bound_seconds=settings.PAGE_CACHE_SECONDS,
            seconds=caches.total_seconds() if at >= since + caches else None,
        ),
        Edge(name="partners", bound_seconds=5, seconds=0.0 if told else None),
        Edge(name="backups", bound_seconds=5, seconds=0.0 if event.position and ledger else None),
    ]
    return Silence(since=since, edges=tuple(edges), copies=copies_counted(case_id))


def _of_its_campaigns(case_id: int) -> Q:
    """Events of the campaigns that lean on it; of one that goes on without it, those of before."""
    leaning = Campaign.objects.launched().about(case_id).values_list("pk", flat=True)
    found = Q(subject_id__in=[str(pk) for pk in leaning])
    for row in CampaignCase.objects.filter(case=case_id).exclude(left_at=None):
        found |= Q(subject_id=str(row.campaign_id), happened_at__lte=row.left_at)
    return found


def _silenced_by(case_id: int, theirs: Q, *, at: datetime) -> OutboxEvent | None:
    """The event with which the present silence began. theirs: the events of its campaigns."""
    own = Q(subject_id=str(case_id))
    shown = OutboxEvent.objects.filter(
        (Q(name__in=[CasePublished.__name__, CaseReturned.__name__]) & own)
        | (Q(name__in=[CampaignLaunched.__name__, CampaignReturned.__name__]) & theirs)
    )
    last_shown = shown.order_by("-id").values_list("id", flat=True).first() or 0
    since = OutboxEvent.objects.filter(id__gt=last_shown).order_by("id")
    withdrawn = since.filter(own, name__in=[CaseWithdrawn.__name__, ConsentWithdrawn.__name__]).first()
    if withdrawn is not None or PublicationConsent.objects.filter(case=case_id).in_force(at).exists():
        return withdrawn
    return since.filter((Q(name=CaseSilenced.__name__) & own) | (Q(name=CampaignSilenced.__name__) & theirs)).first()


def is_shown(case_id: int, *, at: datetime) -> bool:
    """Whether the gate lets something of it be seen now: its own pages, or a campaign."""
    if not open_cases(at).filter(pk=case_id).exists():
        return False
    shown = Campaign.objects.shown().about(case_id)
    return shown.exists() or Case.objects.published().filter(pk=case_id).exists()


def _consent(row: PublicationConsent, latest: set[int], *, at: datetime) -> ConsentOnRecord:
    return ConsentOnRecord(
        id=row.pk,
        given_by=row.given_by,
        audience=row.audience,
        scopes=tuple(row.scopes),
        ask_again=tuple(row.ask_again),
        capacity=CAPACITIES[row.capacity],
        channel=CHANNELS[row.channel] if row.channel else "",
        explained_in=dict(languages_of_names(current_language())).get(row.language, ""),
        given_on=row.given_on,
        expires_at=row.expires_at,
        withdrawn_at=row.withdrawn_at,
        has_code=hasattr(row, "withdrawal_code"),
        is_in_force=row.is_in_force(at),
        is_replaced=row.withdrawn_at is None and row.pk not in latest,
    )


def _risk(row: RiskAssessment, *, at: datetime) -> RiskOnRecord:
    return RiskOnRecord(
        result=row.result,
        assessed_at=row.assessed_at,
        valid_until=row.valid_until,
        by=row.assessed_by.display_name if row.assessed_by else "—",
        is_in_date=row.assessed_at <= at < row.valid_until,
        answers=tuple(
            (label, ANSWERS[row.answers[name]]) for name, label in RISK_QUESTIONS.items() if name in row.answers
        ),
        mitigation=row.mitigation,
    )
