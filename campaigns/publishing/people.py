"""Everybody who is shown, each once, by the id they are shown under, with the campaigns and cases that show them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from campaigns.publishing import campaign as campaigns
from campaigns.publishing import case as cases
from campaigns.publishing.audiences import Audience
from campaigns.publishing.campaign import PublishedCampaign
from campaigns.publishing.case import PublishedCase
from campaigns.publishing.defender import PublishedDefender


@dataclass(frozen=True, kw_only=True)
class PublishedPerson:
    id: int  # the smallest id of a case that shows them: an order in which a cursor stays true
    defender: PublishedDefender
    slug: str  # of their page; empty where no case of theirs is published
    campaigns: tuple[UUID, ...]
    cases: tuple[UUID, ...]
    until: datetime


def after(last_id: int, *, audience: Audience, language: str, at: datetime) -> Iterator[PublishedPerson]:
    """Everybody shown past an id, in order."""
    asks: dict[UUID, list[PublishedCampaign]] = {}
    told: dict[UUID, list[PublishedCase]] = {}
    for ask in campaigns.after(0, audience=audience, language=language, at=at):
        for person in ask.people:
            asks.setdefault(person.public_id, []).append(ask)
    for case in cases.listed(audience=audience, language=language, at=at):
        told.setdefault(case.defender.public_id, []).append(case)
    found = [_person(public_id, asks.get(public_id, []), told.get(public_id, [])) for public_id in {**asks, **told}]
    yield from sorted((one for one in found if one.id > last_id), key=lambda one: one.id)


def find(public_id: UUID, *, audience: Audience, language: str, at: datetime) -> PublishedPerson | None:
    asks = campaigns.for_defender(public_id, audience=audience, language=language, at=at)
    told = cases.of_defender(public_id, audience=audience, language=language, at=at)
    return _person(public_id, asks, told) if asks or told else None


def was_shown(public_id: UUID) -> bool:
    """Whether somebody was ever shown under this id: then they are gone, not unknown."""
    return campaigns.was_defender_shown(public_id) or cases.was_defender_shown(public_id)


def _person(public_id: UUID, asks: list[PublishedCampaign], told: list[PublishedCase]) -> PublishedPerson:
    by_case = {pk: one for ask in asks for pk, one in zip(ask.told_of, ask.people, strict=True)}
    own = {pk: one for pk, one in by_case.items() if one.public_id == public_id}
    return PublishedPerson(
        id=min([*own, *(case.id for case in told)]),
        defender=next(iter(own.values())) if own else told[0].defender,
        slug=told[0].defender_slug if told else "",
        campaigns=tuple(ask.public_id for ask in asks),
        cases=tuple(sorted((case.public_id for case in told), key=str)),
        until=min([*(ask.until for ask in asks), *(case.until for case in told)]),
    )
