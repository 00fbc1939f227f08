"""ToldOf: of whom a text is told, and what may be told of each. The prose guard asks about all of them, and about those whom the
campaign was for once: of them nothing may be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from campaigns.models import Campaign, Case, PublicationConsent
from campaigns.publishing.audiences import Audience
from campaigns.publishing.defender import PublishedDefender, as_one, published_defender
from campaigns.publishing.folding import fold
from campaigns.publishing.prose import Finding, findings
from campaigns.publishing.slots import SLOT, slots_of
from campaigns.publishing.standing import Standing, standings

Scope = PublicationConsent.Scope
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ToldOf:
    case: Case
    scopes: frozenset[str]  # what consent covers, for everybody
    has_left: bool = False  # it is not for them any more: only guarded by them


def told_of(campaign: Campaign, found: Mapping[int, Standing]) -> tuple[ToldOf, ...]:
    """found: {case id: its standing}, of all that it is for."""
    cases = [case for case in campaign.cases if case.pk in found]  # somebody may be added this moment
    standing = (ToldOf(case, found[case.pk].scopes) for case in cases)
    known = {case.defender_id for case in cases}  # of whom another case left: what this one permits counts
    left = (row.case for row in campaign.left if row.case.defender_id not in known)
    return (*standing, *(ToldOf(case, NOTHING, has_left=True) for case in left))


def told_of_today(campaign: Campaign, *, at: datetime) -> tuple[ToldOf, ...]:
    return told_of(campaign, standings(campaign.cases, audience=Audience.PUBLIC, at=at))


def told_of_ids(scopes: Mapping[int, frozenset[str]], left: Iterable[int]) -> tuple[ToldOf, ...]:
    """scopes: {case id: what consent covers}, left: case ids; as a published campaign has them, in its order."""
    rows = Case.objects.select_related("defender", "province").in_bulk([*scopes, *left])
    standing = (ToldOf(rows[pk], allowed) for pk, allowed in scopes.items())
    return (*standing, *(ToldOf(rows[pk], NOTHING, has_left=True) for pk in left))


def standing_in(told: Iterable[ToldOf]) -> tuple[ToldOf, ...]:
    return tuple(one for one in told if not one.has_left)


def unfit_words(text: str, told: Sequence[ToldOf]) -> list[Finding]:
    """What may not be told of any of them, and slots that stand for somebody who is not among them; empty: it may stand."""
    found = {finding for one in told for finding in findings_of(text, one, told)}
    allowed = slots_of(len(standing_in(told)))
    strangers = {slot for slot in SLOT.findall(text) if slot not in allowed and slot in slots_of()}
    return sorted(found | {Finding(f"{{{slot}}}", "slot") for slot in strangers})


def findings_of(text: str, one: ToldOf, told: Iterable[ToldOf]) -> list[Finding]:
    """What may not be told of one of them. Of whoever left, not what is told of those who stay: sisters share a surname."""
    found = findings(text, one.case, one.scopes)
    if not (found and one.has_left):
        return found
    shared = {words for other in standing_in(told) for words in _told_openly(other)}
    return [row for row in found if (row.why, fold(row.words)) not in shared]


def _told_openly(one: ToldOf) -> Iterator[tuple[str, str]]:
    """(why it would be found, words folded) of what consent lets be told of somebody: each word of the name, province, age."""
    person = published_defender(one.case, one.scopes)
    for name in person.names if person else ():
        for words in (name.text, name.short):
            yield from (("name", fold(word)) for word in (words, *words.split()))
    if Scope.PROVINCE in one.scopes and one.case.province is not None:
        yield from (("province", fold(name)) for name in one.case.province.names.values())
    if Scope.AGE in one.scopes and one.case.age_at_event is not None:
        yield "age", fold(str(one.case.age_at_event))


def in_common(told: Iterable[ToldOf]) -> frozenset[str]:
    """What consent covers of each of them."""
    return frozenset.intersection(*(one.scopes for one in standing_in(told)))


def people_of(told: Sequence[ToldOf]) -> tuple[PublishedDefender, ...]:
    """Each of them as they may be called; empty where one of them may not be shown, or where what one is called tells something
    of another that may not be told: the name of a sister who is known by an alias."""
    standing = standing_in(told)
    known = [published_defender(one.case, one.scopes) for one in standing]
    people = tuple(person for person in known if person is not None)
    return people if len(people) == len(standing) and not telling_names(standing, people) else ()


def telling_names(standing: Sequence[ToldOf], people: Sequence[PublishedDefender]) -> list[int]:
    """Places, from 1, of those whose name tells what may not be told of another."""
    return [
        place
        for place, person in enumerate(people, 1)
        if any(
            findings(_called(person), other.case, other.scopes)
            for number, other in enumerate(standing, 1)
            if number != place
        )
    ]


def _called(person: PublishedDefender) -> str:
    words = [word for pronouns in person.pronouns.values() for word in pronouns.values()]
    return "\n".join([*words, *(word for name in person.names for word in (name.text, name.short))])


def previewed_people(campaign: Campaign, *, at: datetime) -> tuple[tuple[ToldOf, ...], PublishedDefender | None]:
    """For the workspace: of whom it would be told today, and how they would be called; None where nothing may be shown."""
    found = standings(campaign.cases, audience=Audience.PUBLIC, at=at)
    told = told_of(campaign, found)
    people = people_of(told) if all(one.until for one in found.values()) else ()
    return told, as_one(people) if people else None
