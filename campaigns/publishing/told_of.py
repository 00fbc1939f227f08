"""ToldOf: of whom a text is told, and what may be told of each. The prose guard asks about all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from campaigns.models import Campaign, Case
from campaigns.publishing.audiences import Audience
from campaigns.publishing.defender import PublishedDefender, as_one, published_defender
from campaigns.publishing.prose import Finding, findings
from campaigns.publishing.slots import SLOT, slots_of
from campaigns.publishing.standing import Standing, standings


@dataclass(frozen=True)
class ToldOf:
    case: Case
    scopes: frozenset[str]  # what consent covers, for everybody


def told_of(campaign: Campaign, found: Mapping[int, Standing]) -> tuple[ToldOf, ...]:
    """found: {case id: its standing}."""
    return tuple(ToldOf(case, found[case.pk].scopes) for case in campaign.cases)


def told_of_today(campaign: Campaign, *, at: datetime) -> tuple[ToldOf, ...]:
    return told_of(campaign, standings(campaign.cases, audience=Audience.PUBLIC, at=at))


def previewed_people(campaign: Campaign, *, at: datetime) -> tuple[tuple[ToldOf, ...], PublishedDefender | None]:
    """For the workspace: of whom it would be told today, and how they would be called; None where nothing may be shown."""
    found = standings(campaign.cases, audience=Audience.PUBLIC, at=at)
    told = told_of(campaign, found)
    people = [published_defender(one.case, one.scopes) for one in told if found[one.case.pk].until]
    known = [person for person in people if person is not None]
    return told, as_one(known) if len(known) == len(told) else None


def told_of_ids(scopes: Mapping[int, frozenset[str]]) -> tuple[ToldOf, ...]:
    """scopes: {case id: what consent covers}, as a published campaign has them, in its order."""
    rows = Case.objects.select_related("defender", "province").in_bulk(list(scopes))
    return tuple(ToldOf(rows[pk], allowed) for pk, allowed in scopes.items())


def unfit_words(text: str, told: Sequence[ToldOf]) -> list[Finding]:
    """What may not be told of any of them, and slots that stand for somebody who is not among them; empty: it may stand."""
    found = {finding for one in told for finding in findings(text, one.case, one.scopes)}
    strangers = {slot for slot in SLOT.findall(text) if slot not in slots_of(len(told)) and slot in slots_of()}
    return sorted(found | {Finding(f"{{{slot}}}", "slot") for slot in strangers})


def in_common(told: Iterable[ToldOf]) -> frozenset[str]:
    """What consent covers of each of them."""
    return frozenset.intersection(*(one.scopes for one in told))
