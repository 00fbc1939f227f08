"""The gate, as an editor sees it: five conditions, then each field, who sees it and, where not, exactly why.

Worked out by the same functions as every page, feed and message: nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.models import Case, CaseGrant, PublicationConsent, RiskAssessment
from campaigns.publishing import case as published
from campaigns.publishing.audiences import Audience
from campaigns.publishing.case_parts import SUBJECT, parts_of
from campaigns.publishing.gate_fields import Row, rows_of
from campaigns.publishing.stage import stage_of
from campaigns.publishing.standing import Standing, standing_of
from campaigns.publishing.vocabulary import ANSWERS, RISK_QUESTIONS, SCOPES
from campaigns.publishing.workspace import PartState, part_states
from network.languages import current_language, listed
from network.models import Person


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One of the five things that must hold."""

    label: Any
    holds: bool
    state: Any
    ground: str
    until: datetime | None


@dataclass(frozen=True, kw_only=True)
class Field:
    label: Any
    value: str
    public: bool
    partners: bool
    why: Any  # the reason, in words, for showing or for withholding


@dataclass(frozen=True, kw_only=True)
class GateView:
    conditions: tuple[Condition, ...]
    fields: tuple[Field, ...]
    is_shown: bool  # to whom it is for, now
    is_for_partners: bool  # to them alone
    partners_read: bool  # a partner with a grant in force reads it now
    stage: str
    children: bool  # about a child, whose defaults are raised
    is_submitted: bool
    is_published: bool  # pressed by a second person; whether it is shown is above
    is_archived: bool
    is_author: bool  # this reader changed the facts last
    emergency_until: datetime | None  # while not everything is checked
    embargo_until: datetime | None
    parts: tuple[PartState, ...]


def gate_view(case_id: int, *, reader: Person, at: datetime) -> GateView | None:
    case = Case.objects.select_related("defender", "province").filter(pk=case_id).first()
    if case is None:
        return None
    public = standing_of(case, audience=Audience.PUBLIC, at=at)
    partners = standing_of(case, audience=Audience.PARTNERS, at=at)
    told_to = published.widest_audience(case.pk, at=at)
    shown = published.find(case.public_id, audience=told_to, language=current_language(), at=at)
    both = zip(rows_of(case, public, at=at), rows_of(case, partners, at=at), strict=True)
    fields = tuple(_field(case, ours, theirs, public, partners, told_to) for ours, theirs in both)
    return GateView(
        conditions=tuple(_conditions(case, partners if told_to == Audience.PARTNERS else public, told_to, at=at)),
        fields=fields,
        is_shown=shown is not None,
        is_for_partners=told_to == Audience.PARTNERS,
        partners_read=CaseGrant.objects.in_force(at).filter(case=case).exists()
        and bool(published.granted([case.pk], language="en", at=at)),
        stage=stage_of(case, at=at),
        children=case.is_about_a_child,
        is_submitted=case.submitted_at is not None,
        is_published=case.published_at is not None and case.unpublished_at is None,
        is_archived=case.archived_at is not None,
        is_author=case.written_by_id == reader.pk,
        emergency_until=case.emergency_until if shown is not None and shown.is_unchecked else None,
        embargo_until=case.embargo_until,
        parts=part_states(SUBJECT, case.pk, parts_of(case, at=at), reader=reader),
    )


def _field(case: Case, ours: Row, theirs: Row, public: Standing, partners: Standing, told_to: Audience) -> Field:
    """One thing on record, judged for the public and for partners alike; why: as it is for whom the case is told to."""
    label, value, needed, withheld = ours
    standing, why = (partners, theirs[3]) if told_to == Audience.PARTNERS else (public, withheld)
    return Field(
        label=label,
        value=value,
        public=not withheld and needed <= public.scopes,
        partners=not theirs[3] and needed <= partners.scopes,
        why=why if why and needed <= standing.scopes else _reason(needed, standing, case),
    )


def _conditions(case: Case, standing: Standing, told_to: Audience, *, at: datetime) -> Iterator[Condition]:
    consents = PublicationConsent.objects.heard_by(told_to.value).filter(case=case)
    in_force = list(consents.in_force(at))
    taken_back = consents.withdrawn_last().exists()
    yield Condition(
        label=_("Consent in force"),
        holds=bool(in_force) and not taken_back and standing.until is not None,
        state=_("taken back") if taken_back else _("holds") if in_force else _("none"),
        ground=_listed(sorted({str(SCOPES[scope]) for scope in standing.scopes})),
        until=min((consent.expires_at for consent in in_force), default=None),
    )
    risks = RiskAssessment.objects.filter(case=case)
    newest = risks.filter(assessed_at__lte=at).order_by("-assessed_at", "-pk").first()
    stops = risks.in_date(at).saying_stop().exists()
    in_date = newest is not None and newest.valid_until > at and newest.result != RiskAssessment.Result.STOP
    yield Condition(
        label=_("Risk assessed, and not “stop”"),
        holds=in_date and not stops,
        state=_("stop") if stops else _("holds") if in_date else _("none in date"),
        ground=_answered(newest) if newest else "",
        until=newest.valid_until if newest else None,
    )
    missing = published.missing_approvals(case, at=at)
    yield Condition(
        label=_("Approved by a second person"),
        holds=not missing and case.texts.exists(),
        state=_("holds") if not missing and case.texts.exists() else _("waits"),
        ground="",
        until=case.emergency_until if case.emergency_until and case.emergency_until > at else None,
    )
    embargoed = case.embargo_until is not None and case.embargo_until > at
    yield Condition(
        label=_("No embargo"),
        holds=not embargoed,
        state=_("embargo") if embargoed else _("holds"),
        ground="",
        until=case.embargo_until if embargoed else None,
    )
    yield Condition(
        label=_("Not withdrawn"),
        holds=case.withdrawn_at is None,
        state=_("withdrawn") if case.withdrawn_at else _("holds"),
        ground="",
        until=None,
    )


def _answered(risk: RiskAssessment) -> str:
    """Who judged, and which questions were answered with something else than no."""
    by = risk.assessed_by.display_name if risk.assessed_by else "—"
    doubts = [f"{RISK_QUESTIONS[name]} {ANSWERS[answer]}" for name, answer in risk.answers.items() if answer != "no"]
    return " · ".join([by, *doubts])


def _listed(words: Iterable[str]) -> str:
    return listed(words, current_language())


def _reason(needed: frozenset[str], standing: Standing, case: Case) -> Any:
    lacking = sorted(needed - standing.scopes)
    if not lacking:
        return _("consented: %(scopes)s") % {"scopes": _listed(str(SCOPES[scope]) for scope in sorted(needed))}
    named = _listed(str(SCOPES[scope]) for scope in lacking)
    if case.is_about_a_child:
        return _("not consented for a child: %(scopes)s") % {"scopes": named}
    return _("not consented: %(scopes)s") % {"scopes": named}
