"""How a person is, as it may be shown: every facet with its date and who reported it, and the gravest as headline."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.models import Case, CaseStatus, PublicationConsent
from campaigns.publishing.days_told import told_range

Scope = PublicationConsent.Scope
Dimension, Reporter, Reliability = CaseStatus.Dimension, CaseStatus.Reporter, CaseStatus.Reliability

LIBERTY: dict[str, Any] = {
    "at_liberty": _("At liberty"),
    "summoned": _("Summoned"),
    "travel_banned": _("Banned from travelling"),
    "wanted_or_hiding": _("Wanted or in hiding"),
    "arrested": _("Arrested"),
    "detained_undisclosed": _("Detained, whereabouts unknown"),
    "detained_incommunicado": _("Detained without contact"),
    "detained": _("Detained"),
    "house_arrest": _("Under house arrest"),
    "released_on_bail": _("Out on bail, not released"),
    "furlough": _("On furlough, not released"),
    "released_conditional": _("Released on conditions"),
    "released": _("Released"),
    "exiled_internally": _("Exiled inside the country"),
    "exiled_abroad": _("In exile"),
    "disappeared": _("Disappeared"),
}
LEGAL: dict[str, Any] = {
    "under_investigation": _("Under investigation"),
    "charged": _("Charged"),
    "on_trial": _("On trial"),
    "convicted_first_instance": _("Convicted, not final"),
    "appeal": _("On appeal"),
    "final_verdict": _("Final verdict"),
    "retrial": _("Retrial"),
    "suspended_sentence": _("Suspended sentence"),
    "serving": _("Serving a sentence"),
    "pardoned_or_amnestied": _("Pardoned or amnestied"),
    "acquitted": _("Acquitted"),
    "charges_dropped": _("Charges dropped"),
}
CONDITION: dict[str, Any] = {
    "at_risk": _("At risk"),
    "hunger_strike": _("On hunger strike"),
    "medical_need_denied": _("Medical care denied"),
    "solitary": _("In solitary confinement"),
    "torture_risk": _("At risk of torture"),
    "execution_risk": _("At risk of execution"),
    "imminent_execution": _("Execution imminent"),
    "forced_confession_aired": _("Forced confession broadcast"),
    "family_pressure": _("Family under pressure"),
    "work_or_study_ban": _("Banned from work or study"),
}
LIFE: dict[str, Any] = {
    "alive": _("Alive"),
    "unknown": _("Not known to be alive"),
    "died_in_custody": _("Died in custody"),
    "executed": _("Executed"),
    "killed": _("Killed"),
    "died_other": _("Died"),
}
WORDS: dict[str, dict[str, Any]] = {
    Dimension.LIBERTY: LIBERTY,
    Dimension.LEGAL: LEGAL,
    Dimension.CONDITION: CONDITION,
    Dimension.LIFE: LIFE,
}
REPORTERS: dict[str, Any] = {
    Reporter.SELF: _("as they say themselves"),
    Reporter.FAMILY: _("as reported by the family"),
    Reporter.LAWYER: _("as reported by the lawyer"),
    Reporter.DOCUMENT: _("according to a document"),
    Reporter.ORGANISATION: _("as reported by an organisation"),
    Reporter.MEDIA: _("as reported by the press"),
    Reporter.STATE: _("as stated by the State"),
    Reporter.LEAKED: _("according to a leaked document, examined by two people"),
}
RELIABILITIES: dict[str, Any] = {
    Reliability.UNKNOWN: _("not known"),
    Reliability.HIGH: _("highly reliable"),
    Reliability.LIKELY: _("likely reliable"),
    Reliability.UNSURE: _("unsure"),
    Reliability.UNLIKELY: _("likely unreliable"),
    Reliability.LOW: _("highly unreliable"),
}
# The gravest first: what stands earliest here is the headline. Whatever is not here never is one.
HEADLINES = (
    "imminent_execution", "disappeared", "detained_undisclosed",
    "executed", "died_in_custody", "killed", "died_other", "execution_risk",
    "hunger_strike", "medical_need_denied", "torture_risk", "solitary", "detained_incommunicado",
    "serving", "detained", "arrested", "house_arrest", "final_verdict", "convicted_first_instance", "on_trial",
    "appeal", "retrial", "charged", "forced_confession_aired", "wanted_or_hiding", "summoned", "under_investigation",
    "exiled_internally", "exiled_abroad", "travel_banned", "work_or_study_ban", "family_pressure", "at_risk",
    "released_on_bail", "furlough", "released_conditional", "suspended_sentence",
    "released", "acquitted", "charges_dropped", "pardoned_or_amnestied", "at_liberty",
)  # fmt: skip
FREE = {"at_liberty", "released", "exiled_abroad"}
# While somebody is out, however conditionally, what happens only inside is over.
OUTSIDE = FREE | {"released_on_bail", "furlough", "released_conditional", "exiled_internally", "house_arrest"}
INSIDE = {"solitary"}
OF_THE_DEAD = {Dimension.LIFE, Dimension.LEGAL}  # how they were held is in what happened
CONTRADICTORY = (
    (OUTSIDE, INSIDE),
    (FREE, {"serving", "hunger_strike", "medical_need_denied", "execution_risk", "imminent_execution"}),
    ({"acquitted", "charges_dropped", "pardoned_or_amnestied"}, {"execution_risk", "imminent_execution"}),
    (CaseStatus.TERMINAL, {*LIBERTY, *CONDITION} - {"disappeared", "family_pressure"}),
)
NEEDS_HEALTH = {"hunger_strike", "medical_need_denied"}
NEEDS_CHARGES = set(LEGAL)
NEEDS_FAMILY = {"family_pressure"}


@dataclass(frozen=True, kw_only=True)
class PublishedStatus:
    dimension: str
    value: str
    words: Any
    from_earliest: date
    from_latest: date
    reported: Any
    is_headline: bool


def published_statuses(
    case: Case, found: Collection[CaseStatus], scopes: Collection[str], *, is_memorial: bool
) -> tuple[PublishedStatus, ...]:
    """Of a case's verified, current statuses those that these scopes permit, the gravest first and marked as headline."""
    told = [row for row in found if permitted(row.value, scopes)]
    rows = [row for row in told if not why_not_told(row, found, is_memorial=is_memorial)]
    rows.sort(key=lambda row: (gravity(row.value), -row.pk))
    return tuple(_published(row, case, is_first=place == 0) for place, row in enumerate(rows))


def why_not_told(row: CaseStatus, found: Iterable[CaseStatus], *, is_memorial: bool) -> Any:
    """In words, why one of a case's verified, current statuses is not told though consent covers it; empty where it is."""
    if is_memorial and row.dimension not in OF_THE_DEAD:
        return _("in remembrance this is told in what happened")
    came_out = [one.from_latest for one in found if one.dimension == Dimension.LIBERTY and one.value in OUTSIDE]
    if row.value in INSIDE and any(row.from_latest <= day for day in came_out):
        return _("it began before the person came out")
    return ""


def _published(row: CaseStatus, case: Case, *, is_first: bool) -> PublishedStatus:
    first, last = told_range(row, case)
    return PublishedStatus(
        dimension=row.dimension,
        value=row.value,
        words=WORDS[row.dimension][row.value],
        from_earliest=first,
        from_latest=last,
        reported=REPORTERS[row.reporter],
        is_headline=is_first and row.value in HEADLINES,
    )


def contradictions(values: Collection[str]) -> list[tuple[Any, Any]]:
    """Pairs of what is said of one person that cannot both be so, in words; empty when they agree."""
    words = {**LIBERTY, **LEGAL, **CONDITION, **LIFE}
    return [
        (words[one], words[other])
        for ones, others in CONTRADICTORY
        for one in words
        for other in words
        if one in ones and other in others and {one, other} <= set(values)
    ]


def permitted(value: str, scopes: Collection[str]) -> bool:
    """Whether consent covers a status: what happened always, health, charges and family each by a scope of its own."""
    needed = {Scope.NARRATIVE}
    if value in NEEDS_HEALTH:
        needed.add(Scope.HEALTH)
    if value in NEEDS_CHARGES:
        needed.add(Scope.CHARGES)
    if value in NEEDS_FAMILY:
        needed.add(Scope.FAMILY)
    return needed <= set(scopes)


def gravity(value: str) -> int:
    """A value's place among the headlines; smaller is graver."""
    return HEADLINES.index(value) if value in HEADLINES else len(HEADLINES)
