"""Demanding: what a campaign asks, and of which offices; and that one of them has done it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from campaigns.events import (
    ActionEnded,
    CampaignAsksNoMore,
    CampaignChanged,
    CampaignEdited,
    DemandMet,
    DemandMetSeen,
    DemandMetTakenBack,
)
from campaigns.flows.campaign import offering
from campaigns.models import Action, Campaign, CaseStatus, Demand, Target, TargetText
from campaigns.refusals import NotBeforeItBegan, TooManyDemands, WordsAreLocked
from network.flows import editing
from network.flows.recording import record
from network.models import Person
from network.refusals import SamePersonApproves


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is asked of an office, and what we know of it. titles, salutations: {language: words}."""

    asks: str  # of Demand.Asks
    titles: Mapping[str, str]
    salutations: Mapping[str, str] = field(default_factory=dict)
    country: str = ""  # ISO 3166-1; empty: of no single State
    languages: tuple[str, ...] = ()  # in which it takes letters


def wanted_from(facts: Mapping[str, Any]) -> Wanted:
    """facts: as Demand.facts()."""
    return Wanted(**{**facts, "languages": tuple(facts["languages"])})


def put(campaign_id: int, every: Sequence[Wanted], *, by: Person, at: datetime) -> None:
    """The first over the one that a new draft has, the others beside it. In the caller's transaction."""
    first = Demand.objects.get(campaign=campaign_id)
    for place, wanted in enumerate(every):
        if place == 0:
            write(first.pk, wanted, by=by, at=at)
        else:
            add(campaign_id, wanted, by=by, at=at)


@transaction.atomic
def add(campaign_id: int, wanted: Wanted, *, by: Person, at: datetime) -> Demand:
    """One office more. Raises WordsAreLocked once it is live, TooManyDemands past CAMPAIGN_DEMANDS_MOST."""
    campaign = _unlocked(campaign_id)
    if campaign.demands.count() >= settings.CAMPAIGN_DEMANDS_MOST:
        raise TooManyDemands
    last = campaign.demands.aggregate(last=Max("position"))["last"] or 0
    row = Demand.objects.create(campaign=campaign, position=last + 1, target=Target.objects.create())
    _write(row, wanted)
    _ask_again(campaign, by=by, at=at)
    _changed(campaign, by=by, at=at)
    return row


@transaction.atomic
def write(demand_id: int, wanted: Wanted, *, by: Person, at: datetime) -> Demand:
    """Raises WordsAreLocked once the campaign is live."""
    row = Demand.objects.select_related("target").get(pk=demand_id)
    campaign = _unlocked(row.campaign_id)
    before = row.facts()
    _write(row, wanted)
    if Demand.objects.get(pk=demand_id).facts() != before:
        _unmet(row)  # another demand is not met by what met this one
        _ask_again(campaign, by=by, at=at)
        _changed(campaign, by=by, at=at)
    return row


@transaction.atomic
def remove(demand_id: int, *, by: Person, at: datetime) -> None:
    """The last one stays: a campaign asks for something. Raises WordsAreLocked once it is live."""
    row = Demand.objects.get(pk=demand_id)
    campaign = _unlocked(row.campaign_id)
    if campaign.demands.count() > 1:
        row.delete()
        _changed(campaign, by=by, at=at)


@transaction.atomic
def meet(demand_id: int, *, by: Person | None, at: datetime) -> Demand:
    """The office did what was asked of it: what asks it for more ends at once, and letters to it that have not left are dropped;
    where it was the last, the campaign asks nothing more, and where its letter asks before all for somebody's release, nobody
    signs it any more. Readers are told when a second person has looked. Raises
    NotBeforeItBegan of a campaign that was never live."""
    row = _held(demand_id)
    if row.campaign.launched_at is None:
        raise NotBeforeItBegan
    if row.met_at is None:
        row.met_at, row.met_by = at, by
        row.save(update_fields=["met_at", "met_by"])
        record(DemandMet(demand_id=row.pk, campaign_id=row.campaign_id), by=by, at=at)
        for action in Action.objects.filter(demand=row, closed_at=None, is_draft=False).order_by("pk"):
            offering.end(action.pk, by=by, at=at)
        if not Demand.objects.unmet().filter(campaign=row.campaign_id).exists():
            _end(row.campaign.actions, by=by, at=at)
            record(CampaignAsksNoMore(campaign_id=row.campaign_id), by=by, at=at)
            record(CampaignChanged(campaign_id=row.campaign_id), by=by, at=at)
        elif _asks_to_release_the_free(row.campaign):
            _end(row.campaign.actions.filter(has_own_words=False), by=by, at=at)
            record(CampaignChanged(campaign_id=row.campaign_id), by=by, at=at)
    return row


def _end(actions: Any, *, by: Person | None, at: datetime) -> None:
    for action in actions.filter(closed_at=None, is_draft=False).order_by("pk"):
        action.closed_at = at
        action.save(update_fields=["closed_at"])
        record(ActionEnded(action_id=action.pk, campaign_id=action.campaign_id), by=by, at=at)


def _asks_to_release_the_free(campaign: Campaign) -> bool:
    """Its letter, which leads with the first of its demands, asks for a release, and no office need be asked for one."""
    demands = list(campaign.demands.all())
    release = Demand.Asks.RELEASE
    return demands[0].asks == release and all(one.met_at for one in demands if one.asks == release)


def _ask_again(campaign: Campaign, *, by: Person | None, at: datetime) -> None:
    """Something is asked for again: what people sign, which ended because all was done, can be signed again; anew where nobody
    can tell any more who signed before. Of one that is over nothing happens."""
    petition = campaign.actions.filter(has_own_words=False).order_by("-pk").first()
    if petition is None or petition.closed_at is None or campaign.closed_at is not None:
        return
    if _asks_to_release_the_free(campaign):
        return
    if petition.fingerprint_key is None:
        offering.replace(petition, by=by, at=at)
    else:
        petition.closed_at = None
        petition.save(update_fields=["closed_at"])


@transaction.atomic
def follow_liberty(status_id: int, *, at: datetime) -> None:
    """What a second person has verified of somebody's liberty: that they are free is what was asked for where it was their
    release; that they are not any more takes that back, where nobody else had said it."""
    liberty = CaseStatus.objects.verified().current(at.date()).filter(dimension=CaseStatus.Dimension.LIBERTY)
    row = liberty.filter(pk=status_id).first()
    if row is not None and row.value in CaseStatus.LET_GO:
        _meet_by_release(row.case_id, at=at)
    elif row is not None:
        campaigns = Campaign.objects.launched().about(row.case_id)
        by_itself = Demand.objects.seen_met().filter(
            campaign__in=campaigns, asks=Demand.Asks.RELEASE, met_by=None, met_seen_by=None
        )
        for demand_id in by_itself.order_by("campaign", "pk").values_list("pk", flat=True):
            take_back(demand_id, by=None, at=at)


def _meet_by_release(case_id: int, *, at: datetime) -> None:
    """Where a campaign's others are free too, nobody is asked to release them."""
    for campaign in Campaign.objects.launched().about(case_id).filter(closed_at=None).order_by("pk"):
        if all(CaseStatus.objects.of_the_free(at.date()).filter(case=case).exists() for case in campaign.cases):
            asked = Demand.objects.unmet().filter(campaign=campaign, asks=Demand.Asks.RELEASE)
            for demand_id in asked.order_by("pk").values_list("pk", flat=True):
                row = meet(demand_id, by=None, at=at)
                row.met_seen_at = at
                row.save(update_fields=["met_seen_at"])
                record(DemandMetSeen(demand_id=row.pk, campaign_id=campaign.pk), by=None, at=at)


@transaction.atomic
def see_met(demand_id: int, *, by: Person, at: datetime) -> Demand:
    """A second person looked, and readers are told. Raises SamePersonApproves."""
    row = _held(demand_id)
    if row.met_by_id in {None, by.pk}:  # nobody knows any more who said so: it is said anew
        raise SamePersonApproves
    if row.met_at is not None and row.met_seen_at is None:
        row.met_seen_by, row.met_seen_at = by, at
        row.save(update_fields=["met_seen_by", "met_seen_at"])
        record(DemandMetSeen(demand_id=row.pk, campaign_id=row.campaign_id), by=by, at=at)
        record(CampaignChanged(campaign_id=row.campaign_id), by=by, at=at)
    return row


@transaction.atomic
def take_back(demand_id: int, *, by: Person | None, at: datetime) -> Demand:
    """It was not done after all: readers are told so no more. What people sign can be signed again; what else was ended stays
    so."""
    row = _held(demand_id)
    if row.met_at is not None:
        _unmet(row)
        _ask_again(row.campaign, by=by, at=at)
        record(DemandMetTakenBack(demand_id=row.pk, campaign_id=row.campaign_id), by=by, at=at)
        record(CampaignChanged(campaign_id=row.campaign_id), by=by, at=at)
    return row


def _held(demand_id: int) -> Demand:
    Campaign.objects.locked(Demand.objects.values_list("campaign", flat=True).get(pk=demand_id))
    return Demand.objects.locked(demand_id)


def _unmet(row: Demand) -> None:
    row.met_at = row.met_by = row.met_seen_by = row.met_seen_at = None
    row.save(update_fields=["met_at", "met_by", "met_seen_by", "met_seen_at"])


def _unlocked(campaign_id: int) -> Campaign:
    campaign = Campaign.objects.locked(campaign_id)
    if campaign.state not in Campaign.WRITTEN:
        raise WordsAreLocked
    return campaign


def _write(row: Demand, wanted: Wanted) -> None:
    row.asks = wanted.asks
    row.save(update_fields=["asks"])
    row.target.country, row.target.languages = wanted.country, list(wanted.languages)
    row.target.save(update_fields=["country", "languages"])
    for language, title in wanted.titles.items():
        salutation = wanted.salutations.get(language, "")
        TargetText.objects.update_or_create(
            target=row.target, language=language, defaults={"title": title, "salutation": salutation}
        )


def _changed(campaign: Campaign, *, by: Person, at: datetime) -> None:
    editing.wrote(campaign, by=by, at=at)
    record(CampaignEdited(campaign_id=campaign.pk), by=by, at=at)
