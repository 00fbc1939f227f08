"""CaseFile: all that an organiser sees of one case on record; and how far a silence has come, edge by edge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language

from campaigns.events import CampaignSilenced, CaseSilenced, CaseWithdrawn, ConsentWithdrawn
from campaigns.models import (
    Campaign,
    Case,
    CaseStatus,
    CorrectionRequest,
    PublicationConsent,
    RiskAssessment,
    open_cases,
)
from campaigns.publishing.vocabulary import ANSWERS, CAPACITIES, CHANNELS, RISK_QUESTIONS
from campaigns.publishing.workspace import CaseOnRecord, case_on_record, title_of
from network.languages import languages_of_names
from network.models import Consumer, OutboxEvent
from network.models.consumer import LEDGER

FRONT_CACHES = "front-caches"
TURNING = (CaseStatus.Dimension.LIBERTY, CaseStatus.Dimension.LEGAL, CaseStatus.Dimension.LIFE)


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
    shown = set(Campaign.objects.live().publishable(at).filter(case=case_id).values_list("pk", flat=True))
    consents = PublicationConsent.objects.filter(case=case_id).select_related("withdrawal_code").order_by("-given_on")
    risks = RiskAssessment.objects.filter(case=case_id).select_related("assessed_by").order_by("-assessed_at", "-pk")
    return CaseFile(
        case=case,
        consents=tuple(_consent(row, at=at) for row in consents),
        risks=tuple(_risk(row, at=at) for row in risks),
        leaning=tuple(
            Leaning(id=row.pk, title=title_of(row.pk), state=row.state, is_shown=row.pk in shown)
            for row in Campaign.objects.filter(case=case_id).order_by("-pk")
        ),
        requests=tuple(CorrectionRequest.objects.filter(case=case_id).order_by("-asked_at")[:50]),
        silence=silence_of(case_id, at=at),
    )


def silence_of(case_id: int, *, at: datetime) -> Silence | None:
    """How far the last withdrawal has come on each edge of ours; None when nothing was withdrawn.

    Mail in flight is an edge too, but the letters are notifications' to count.
    """
    names = (CaseWithdrawn.__name__, ConsentWithdrawn.__name__)
    event = OutboxEvent.objects.named(*names).filter(subject_id=str(case_id)).order_by("-id").first()
    if event is None:
        return None
    since = event.happened_at
    caches = timedelta(seconds=settings.PAGE_CACHE_SECONDS)
    told_of = [str(pk) for pk in Campaign.objects.launched().filter(case=case_id).values_list("pk", flat=True)]
    tombstones = OutboxEvent.objects.filter(happened_at__gte=since).filter(
        Q(name=CampaignSilenced.__name__, subject_id__in=told_of)
        | Q(name=CaseSilenced.__name__, subject_id=str(case_id))
    )
    ledger = Consumer.objects.filter(name=LEDGER, position__gte=event.position or 0).first()
    told = not tombstones.filter(position=None).exists()
    edges = [
        Edge(name="pages", bound_seconds=0, seconds=0.0),
        Edge(
            name=FRONT_CACHES,
            bound_seconds=30,
            seconds=caches.total_seconds() if at >= since + caches else None,
        ),
        Edge(name="partners", bound_seconds=5, seconds=0.0 if told else None),
        Edge(name="backups", bound_seconds=5, seconds=0.0 if event.position and ledger else None),
    ]
    return Silence(since=since, edges=tuple(edges))


def is_shown(case_id: int, *, at: datetime) -> bool:
    """Whether the gate lets something of it be seen now: its own pages, or a campaign."""
    if not open_cases(at).filter(pk=case_id).exists():
        return False
    live = Campaign.objects.live().filter(case=case_id)
    return live.exists() or Case.objects.published().filter(pk=case_id).exists()


def to_renew(*, at: datetime) -> list[CaseOnRecord]:
    """Whom to ask again: what is shown has a consent or risk assessment that has ended, or ends within
    CONSENT_REMINDER_DAYS; or something turned (arrest, verdict, release, exile, death) after the last yes."""
    soon = at + timedelta(days=settings.CONSENT_REMINDER_DAYS)
    live = Campaign.objects.live().filter(case__withdrawn_at=None)
    lasting = live.publishable(at).publishable(soon).values("case")
    ids = set(live.exclude(case__in=lasting).values_list("case", flat=True))
    cases = Case.objects.published().filter(withdrawn_at=None, archived_at=None)
    ids |= set(cases.exclude(pk__in=open_cases(at), id__in=open_cases(soon)).values_list("pk", flat=True))
    ids |= set(turned_since_the_last_yes().values_list("case", flat=True))
    ids -= set(PublicationConsent.objects.withdrawn_last().values_list("case", flat=True))  # left in peace
    return [case for case_id in sorted(ids) if (case := case_on_record(case_id, at=at)) is not None]


def taken_back(*, at: datetime) -> list[tuple[CaseOnRecord, datetime]]:
    """(case, when) where somebody took their consent back within TAKEN_BACK_DAYS, and has said nothing new: everything is
    silent, and whoever reads this leaves them in peace."""
    since = at - timedelta(days=settings.TAKEN_BACK_DAYS)
    rows = PublicationConsent.objects.withdrawn_last().filter(withdrawn_at__gte=since).order_by("-withdrawn_at")
    latest: dict[int, datetime] = {}
    for row in rows:
        if row.withdrawn_at is not None:
            latest.setdefault(row.case_id, row.withdrawn_at)
    found = ((case_on_record(case_id, at=at), moment) for case_id, moment in latest.items())
    return [(case, moment) for case, moment in found if case is not None]


def turned_since_the_last_yes() -> QuerySet[CaseStatus]:
    """Verified turning points that came after anybody last consented; of cases that are or were shown."""
    yes = PublicationConsent.objects.filter(case=OuterRef("case"), withdrawn_at=None)
    return (
        CaseStatus.objects.verified()
        .standing()
        .filter(dimension__in=TURNING, case__withdrawn_at=None)
        .filter(Exists(yes), ~Exists(yes.filter(given_on__gte=OuterRef("verified_at"))))
    )


def _consent(row: PublicationConsent, *, at: datetime) -> ConsentOnRecord:
    return ConsentOnRecord(
        id=row.pk,
        given_by=row.given_by,
        audience=row.audience,
        scopes=tuple(row.scopes),
        ask_again=tuple(row.ask_again),
        capacity=CAPACITIES[row.capacity],
        channel=CHANNELS[row.channel] if row.channel else "",
        explained_in=dict(languages_of_names(get_language() or "en")).get(row.language, ""),
        given_on=row.given_on,
        expires_at=row.expires_at,
        withdrawn_at=row.withdrawn_at,
        has_code=hasattr(row, "withdrawal_code"),
        is_in_force=row.is_in_force(at),
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
