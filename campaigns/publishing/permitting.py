"""Permitting: whether a campaign may be shown; asked for each page, and each second while its mail is on the way."""

from __future__ import annotations

from datetime import datetime

from django.db.models import DateTimeField, Exists, OuterRef, Subquery

from campaigns.models import Campaign, CampaignCase, Case, Demand, PublicationConsent
from campaigns.models.gate.opening import open_cases
from campaigns.publishing.case_parts import read_until
from campaigns.publishing.demand import can_still_be_asked
from campaigns.publishing.standing import Standing
from network.models.prepared import Prepared, Slot, reading

Scope = PublicationConsent.Scope


def _leading() -> Prepared:
    at, one = Slot("at", DateTimeField()), Campaign.objects.filter(pk=Slot("campaign"))
    its = one.shown().filter(case=OuterRef("pk")).with_nobody_silent_beside(at)
    return reading(
        lambda: (
            open_cases(at)
            .filter(Exists(its))
            .annotate(
                counted_from=Subquery(one.values("cases_epoch")),
                is_alone=~Exists(CampaignCase.objects.standing().filter(campaign=Slot("campaign"))),
            )
        )
    )


_LEADING = _leading()
_BESIDE = reading(lambda: Case.objects.filter(beside__campaign=Slot("campaign"), beside__left_at=None))


def permits(campaign_id: int, *, at: datetime, epoch: int | None = None) -> bool:
    """Whether everybody a campaign is for may be shown to the public right now, and still as they were at `epoch`."""
    case = _LEADING.first_of(Case, campaign=campaign_id, at=at)
    if case is None:
        return False
    cases = [case, *(() if case.is_alone else _BESIDE.all_of(Case, campaign=campaign_id))]  # type: ignore[attr-defined]
    now = case.counted_from + sum(one.epoch for one in cases)  # type: ignore[attr-defined]  # annotated
    return epoch in (None, now) and len(read_until(cases, at=at)) == len(cases)


def needed_by(campaign: Campaign) -> set[str]:
    """What consent must cover: a campaign tells what happened, most ask for signatures, and whoever asks for medical care tells
    that somebody is ill."""
    needed: set[str] = {Scope.NARRATIVE, Scope.PETITION} if campaign.has_petition else {Scope.NARRATIVE}
    asks_for_care = any(one.asks == Demand.Asks.MEDICAL_CARE for one in campaign.demands.all())
    return needed | {Scope.HEALTH} if asks_for_care else needed


def permits_campaign(campaign: Campaign, standing: Standing) -> bool:
    """Whether consent covers what a campaign does. For the dead it asks for the truth, or it is not shown."""
    if not (standing.names_somebody and standing.remembrance_permitted and standing.scopes >= needed_by(campaign)):
        return False
    return can_still_be_asked(campaign.demands.all(), standing)
