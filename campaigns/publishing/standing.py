"""Standing: what consent and risk permit of each case, for an audience, at a moment. Everything shown asks here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from campaigns.models import Case, CaseStatus, PublicationConsent, RiskAssessment, TimelineEvent
from campaigns.models.gate.consent import permitted_scopes
from campaigns.publishing.audiences import Audience

Scope = PublicationConsent.Scope


@dataclass(frozen=True, kw_only=True)
class Standing:
    scopes: frozenset[str]  # what every giver says yes to, and a child's case has raised
    until: datetime | None  # the earliest end of a consent or of the risk assessment; None: nothing is in force
    is_memorial: bool  # dead, as verified: shown only by a consent to remember

    @property
    def names_somebody(self) -> bool:
        return bool(self.scopes & {Scope.NAME, Scope.ALIAS})

    @property
    def may_be_told(self) -> bool:
        """What happened may be told at all; of the dead only in remembrance."""
        return self.names_somebody and Scope.NARRATIVE in self.scopes and self.remembrance_permitted

    @property
    def remembrance_permitted(self) -> bool:
        return not self.is_memorial or Scope.MEMORIAL in self.scopes


def standings(cases: Iterable[Case], *, audience: Audience, at: datetime) -> dict[int, Standing]:
    """{case id: its standing}, in a handful of queries however many cases there are."""
    rows = {case.pk: case for case in cases}
    said = defaultdict(list)
    heard = PublicationConsent.objects.heard_by(audience.value).filter(case__in=rows, given_on__lte=at)
    for consent in heard.last_of_each_giver():
        said[consent.case_id].append(consent)
    newest: dict[int, RiskAssessment] = {}
    for risk in RiskAssessment.objects.in_date(at).permitting().filter(case__in=rows).order_by("assessed_at", "pk"):
        newest[risk.case_id] = risk
    statuses = CaseStatus.objects.verified().standing().terminal().filter(case__in=rows)
    events = TimelineEvent.objects.verified().standing().fatal().filter(case__in=rows)
    dead = {*statuses.values_list("case", flat=True), *events.values_list("case", flat=True)}
    dead |= {consent.case_id for consent in heard if consent.capacity == PublicationConsent.Capacity.DECEASED}
    return {pk: _standing(case, said[pk], newest.get(pk), pk in dead, at=at) for pk, case in rows.items()}


def standing_of(case: Case, *, audience: Audience, at: datetime) -> Standing:
    return standings([case], audience=audience, at=at)[case.pk]


def widest_audience(case_id: int, *, at: datetime) -> Audience:
    """Whom it is for: everybody; or partners alone, where only for them somebody consented."""
    rows = PublicationConsent.objects.filter(case=case_id).in_force(at)
    return Audience.PARTNERS if rows.exists() and not rows.for_public().exists() else Audience.PUBLIC


def lacks_only_the_tick_for_a_child(case: Case, audience: Audience, *, at: datetime) -> bool:
    """Whether everybody said yes to telling who it is, and only that whoever answers for the child said so is missing."""
    said = PublicationConsent.objects.heard_by(audience.value).filter(case=case).in_force(at).last_of_each_giver()
    return Scope.NAME in permitted_scopes(case, said, child_said=True) - permitted_scopes(case, said)


def _standing(
    case: Case, said: list[PublicationConsent], risk: RiskAssessment | None, is_memorial: bool, *, at: datetime
) -> Standing:
    # What one giver said to partners and to everybody is added up, but only while it is in force; a giver all of whose yeses
    # have lapsed still counts as said, so that a lapse never widens what the others permit.
    awake = {consent.given_by for consent in said if consent.is_in_force(at)}
    said = [consent for consent in said if consent.is_in_force(at) or consent.given_by not in awake]
    in_force = [consent.expires_at for consent in said if consent.is_in_force(at)]
    ends = [*in_force, *([risk.valid_until] if risk else [])]
    return Standing(
        scopes=permitted_scopes(case, said),
        until=min(ends) if in_force else None,
        is_memorial=is_memorial,
    )
