"""The gate, as an editor sees it: five conditions, then each field, who sees it and, where not, exactly why.

Worked out by the same functions as every page, feed and message: nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from campaigns.models import (
    Case,
    CaseStatus,
    Correction,
    OwnWords,
    Photo,
    PublicationConsent,
    RiskAssessment,
    TimelineEvent,
)
from campaigns.publishing import case as published
from campaigns.publishing.audiences import Audience
from campaigns.publishing.case_parts import SUBJECT, part_of_photo, parts_of
from campaigns.publishing.prose import findings
from campaigns.publishing.standing import Standing, standing_of
from campaigns.publishing.status import NEEDS_CHARGES, NEEDS_FAMILY, NEEDS_HEALTH, WORDS
from campaigns.publishing.vocabulary import (
    CATEGORIES,
    EVENTS,
    NEEDED_BY_EVENT,
    RIGHTS,
    SCOPE_OF_CATEGORY,
    SCOPES,
    SECTORS,
)
from campaigns.publishing.workspace import PartState, part_states
from network.models import Approval, Person

Scope = PublicationConsent.Scope


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
    is_shown: bool  # to the public, now
    stage: str
    children: bool  # about a child, whose defaults are raised
    is_submitted: bool
    is_published: bool  # pressed by a second person; whether it is shown is above
    is_archived: bool
    embargo_until: datetime | None
    parts: tuple[PartState, ...]


STAGES: dict[str, Any] = {
    "withdrawn": _("Withdrawn"),
    "draft": _("Draft"),
    "fact-check": _("Facts are being checked"),
    "safety-review": _("Safety is being reviewed"),
    "translation": _("Words and translations are being reviewed"),
    "approval": _("Waits to be published"),
    "embargoed": _("Published from a later moment on"),
    "emergency": _("Published in an emergency, being checked"),
    "published": _("Published"),
    "update-due": _("Published; an update is due"),
    "memorial": _("Published in remembrance"),
    "silent": _("Published, and silent now"),
    "archived": _("Archived"),
    "unpublished": _("Taken off"),
}
UPDATE_DUE_DAYS = 90  # a page nobody has verified for so long says so in the workspace


def stage_of(case: Case, *, at: datetime) -> str:
    """Where a case stands on its way, worked out of what is on record: no stage is stored, so none can be wrong."""
    if case.withdrawn_at is not None:
        return "withdrawn"
    if case.published_at is None or case.unpublished_at is not None:
        if case.unpublished_at is not None:
            return "unpublished"
        return _before_publishing(case, at=at)
    if case.embargo_until is not None and case.embargo_until > at:
        return "embargoed"
    form = next(
        (form for form in [published.find(case.public_id, audience=Audience.PUBLIC, language="en", at=at)] if form),
        None,
    )
    if form is None:
        return "silent"
    if form.is_archived:
        return "archived"
    if form.is_unchecked:
        return "emergency"
    if form.is_memorial:
        return "memorial"
    if case.verified_on is not None and (at.date() - case.verified_on).days > UPDATE_DUE_DAYS:
        return "update-due"
    return "published"


def _before_publishing(case: Case, *, at: datetime) -> str:
    if case.submitted_at is None:
        return "draft"
    missing = published.missing_approvals(case, at=at)
    if "facts" in missing:
        return "fact-check"
    if "safety" in missing:
        return "safety-review"
    return "translation" if missing or not case.texts.exists() else "approval"


def gate_view(case_id: int, *, reader: Person, at: datetime) -> GateView | None:
    case = Case.objects.select_related("defender", "province").filter(pk=case_id).first()
    if case is None:
        return None
    public = standing_of(case, audience=Audience.PUBLIC, at=at)
    partners = standing_of(case, audience=Audience.PARTNERS, at=at)
    shown = published.find(case.public_id, audience=Audience.PUBLIC, language=get_language() or "en", at=at)
    fields = tuple(
        Field(
            label=label,
            value=value,
            public=not why and needed <= public.scopes,
            partners=not why and needed <= partners.scopes,
            why=why or _reason(needed, public, case),
        )
        for label, value, needed, why in _fields(case, public, at=at)
    )
    return GateView(
        conditions=tuple(_conditions(case, public, at=at)),
        fields=fields,
        is_shown=shown is not None,
        stage=stage_of(case, at=at),
        children=case.is_about_a_child,
        is_submitted=case.submitted_at is not None,
        is_published=case.published_at is not None and case.unpublished_at is None,
        is_archived=case.archived_at is not None,
        embargo_until=case.embargo_until,
        parts=part_states(SUBJECT, case.pk, parts_of(case, at=at), reader=reader),
    )


def _conditions(case: Case, standing: Standing, *, at: datetime) -> Iterator[Condition]:
    consents = PublicationConsent.objects.for_public().filter(case=case)
    in_force = list(consents.in_force(at))
    taken_back = consents.withdrawn_last().exists()
    yield Condition(
        label=_("Consent in force"),
        holds=bool(in_force) and not taken_back and standing.until is not None,
        state=_("taken back") if taken_back else _("holds") if in_force else _("none"),
        ground=", ".join(sorted({str(SCOPES[scope]) for scope in standing.scopes})),
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
        ground=newest.assessed_by.display_name if newest and newest.assessed_by else "",
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
        state=_("embargo") if embargoed else _("none"),
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


Row = tuple[Any, str, frozenset[str], Any]


def _fields(case: Case, standing: Standing, *, at: datetime) -> Iterator[Row]:
    """(label, value, the scopes it needs, why it is withheld from everybody or nothing)."""
    language = get_language() or "en"
    tell = Scope.NARRATIVE.value
    for name in case.defender.names.all():
        scope = Scope.ALIAS if name.kind == name.Kind.ALIAS else Scope.NAME
        hidden = "" if name.is_display else _("not chosen for display")
        if name.kind == name.Kind.ALIAS and Scope.NAME in standing.scopes:
            hidden = _("the name is shown instead")
        label = _("Alias") if name.kind == name.Kind.ALIAS else _("Name")
        yield label, f"{name.text} ({name.language})", frozenset({scope.value}), hidden
    for text in case.texts.all():
        found = findings("\n".join(text.words().values()), case, standing.scopes)
        told = ", ".join(one.words for one in found)
        yield (
            _("Words"),
            text.language,
            frozenset({tell}),
            _("the words tell: %(words)s") % {"words": told} if found else "",
        )
    yield from _facts(case, language, tell)
    yield from _statuses(case, tell, at=at)
    yield from _claims(case, language, tell)
    for photo in Photo.objects.standing().filter(case=case):
        waits = Approval.objects.missing(SUBJECT, case.pk, [part_of_photo(photo)])
        why = _("a second person has not approved it") if waits else ""
        yield _("Photograph"), f"#{photo.pk}", frozenset({Scope.PHOTO.value}), why
    for scope in (Scope.UN_LETTER, Scope.UN_REPORT, Scope.MEDIA):
        yield SCOPES[scope], "", frozenset({scope.value}), ""


def _facts(case: Case, language: str, tell: str) -> Iterator[Row]:
    if case.province is not None:
        yield _("Province"), case.province.name_in(language), frozenset({Scope.PROVINCE.value}), ""
    if case.age_at_event is not None:
        yield _("Age when it happened"), str(case.age_at_event), frozenset({Scope.AGE.value}), ""
    for code in case.defender.sectors:
        yield _("Field of work"), str(SECTORS[code]), frozenset({tell}), ""
    for code in case.rights:
        yield _("Right at stake"), str(RIGHTS[code]), frozenset({tell}), ""
    for one in case.defender.special_categories.all():
        scope = SCOPE_OF_CATEGORY[one.category]
        yield CATEGORIES[one.category], one.words, frozenset({scope, tell}), ""
    for word in case.defender.guarded_words.all():
        yield _("Never to be told"), word.text, frozenset(), _("on record as never to be told, to anybody")


def _statuses(case: Case, tell: str, *, at: datetime) -> Iterator[Row]:
    for row in CaseStatus.objects.current(at.date()).filter(case=case):
        needed = {tell}
        needed |= {Scope.HEALTH.value} if row.value in NEEDS_HEALTH else set()
        needed |= {Scope.CHARGES.value} if row.value in NEEDS_CHARGES else set()
        needed |= {Scope.FAMILY.value} if row.value in NEEDS_FAMILY else set()
        yield _("How the person is"), str(WORDS[row.dimension][row.value]), frozenset(needed), _unverified(row)


def _claims(case: Case, language: str, tell: str) -> Iterator[Row]:
    for row in TimelineEvent.objects.standing().filter(case=case):
        scope = NEEDED_BY_EVENT.get(row.kind, tell)
        yield _("What happened"), str(EVENTS[row.kind]), frozenset({tell, scope}), _unverified(row)
    for words in OwnWords.objects.standing().filter(case=case):
        text = words.words.get(words.language, "")
        yield _("Their own words"), text[:60], frozenset({tell, Scope.QUOTE.value}), _unverified(words)
    for line in Correction.objects.filter(case=case):
        text = line.words.get(language) or next(iter(line.words.values()), "")
        yield _("Correction"), text[:60], frozenset({tell}), _unverified(line)


def _unverified(row: Any) -> Any:
    verified = row.verified_by_id is not None and row.verified_by_id != row.recorded_by_id
    return "" if verified else _("nobody else has verified it")


def _reason(needed: frozenset[str], standing: Standing, case: Case) -> Any:
    lacking = sorted(needed - standing.scopes)
    if not lacking:
        return _("consented: %(scopes)s") % {"scopes": ", ".join(str(SCOPES[scope]) for scope in sorted(needed))}
    named = ", ".join(str(SCOPES[scope]) for scope in lacking)
    if case.is_about_a_child:
        return _("not consented for a child: %(scopes)s") % {"scopes": named}
    return _("not consented: %(scopes)s") % {"scopes": named}
