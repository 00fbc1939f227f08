"""PublishedCampaign: what pages, mails, feeds and the API may say about a campaign to an audience, in a language."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.db.models.expressions import Combinable

from campaigns.models import Campaign, CampaignCase, Case, CaseStatus, CoHosting
from campaigns.models.gate.facts import ask_what_was_said
from campaigns.publishing.action import PublishedAction, changes_at, published_actions, unread_of
from campaigns.publishing.audiences import Audience
from campaigns.publishing.campaign_text import is_kept_back, previewed, readable
from campaigns.publishing.case_parts import read_until
from campaigns.publishing.defender import PublishedDefender, as_one
from campaigns.publishing.demand import PublishedDemand, published_demand
from campaigns.publishing.law import CitedArticle, published_citations
from campaigns.publishing.markdown import to_html
from campaigns.publishing.permitting import permits_campaign
from campaigns.publishing.slots import fill
from campaigns.publishing.standing import Standing, standings
from campaigns.publishing.status import PublishedStatus, published_statuses
from campaigns.publishing.told_of import ToldOf, in_common, people_of, standing_in, told_of
from campaigns.publishing.vocabulary import ENDINGS
from network.models import Approval

SUBJECT = "campaign"


@dataclass(frozen=True, kw_only=True)
class PublishedCampaign:
    id: int
    case_id: int
    public_id: UUID
    slug: str
    language: str  # of the words below; the reader's where there is a text in it
    languages: tuple[str, ...]
    defender: PublishedDefender  # whom it is for; several as one
    people: tuple[PublishedDefender, ...]  # each of them, whom it leads with first
    # {case id: what consent covers}, in the same order: who writes more is guarded by it, and by `left`.
    told_of: Mapping[int, frozenset[str]]
    left: tuple[int, ...]  # ids of cases of which nothing may be told any more
    rewritten_at: datetime | None  # after it was launched, because somebody left
    title: str
    context: str
    deck: str
    ask: str
    letter_html: str
    chain: tuple[tuple[str, str], ...]
    statuses: tuple[PublishedStatus, ...]  # of whom it leads with, the gravest first
    statuses_beside: tuple[tuple[PublishedDefender, tuple[PublishedStatus, ...]], ...]  # of each of the others
    law: tuple[CitedArticle, ...]  # what binds first, then standards
    country: str  # the State concerned; empty where none is on record
    target: str  # who is asked, all of them
    host_name: str
    co_hosts: tuple[tuple[UUID, str], ...]  # (public id, name) of partners in good standing
    demand: str  # the first; one of Demand.Asks
    demands: tuple[PublishedDemand, ...]
    opened_on: date
    closed_on: date | None  # it asks nothing any more
    ending: Any  # why, in words; empty while it is open
    is_archived: bool  # and is not kept up to date
    verified_on: date | None
    actions: tuple[PublishedAction, ...]
    is_joinable: bool
    is_memorial: bool
    scopes: frozenset[str]  # what consent covers of each of them
    epoch: int  # moves when less may be shown
    until: datetime  # the earliest moment at which any of this may have to go
    fresh_until: datetime  # and at which any of it may be another: told to no reader, as something may only then appear

    @property
    def says_more_of_demands(self) -> bool:
        """There is more to be said than what is asked in one line, or no letter that says it."""
        return len(self.demands) > 1 or not self.is_signed or any(one.met_on for one in self.demands)

    @property
    def is_signed(self) -> bool:
        """People put their names to its letter, as it stands here."""
        return any(not action.words for action in self.actions) and not (self.closed_on and self.rewritten_at)

    @property
    def asked(self) -> tuple[PublishedAction, ...]:
        """What can be done now, what was asked first first."""
        return tuple(action for action in self.actions if action.is_open)

    @property
    def main(self) -> PublishedAction | None:
        """What the campaign's own page asks and counts: the first that is open, else the first that was."""
        return next(iter(self.asked), None) or next(iter(self.actions), None)

    def at_position(self, position: int) -> PublishedAction | None:
        return next((action for action in self.actions if action.position == position), None)


def find(slug: str, *, audience: Audience, language: str, at: datetime) -> PublishedCampaign | None:
    """The campaign behind a slug, or None when it does not exist or may not be shown: nobody can tell which."""
    return next(iter(_published(Campaign.objects.filter(slug=slug), audience, language, at)), None)


def find_by_id(campaign_id: int, *, audience: Audience, language: str, at: datetime) -> PublishedCampaign | None:
    return next(iter(_published(Campaign.objects.filter(pk=campaign_id), audience, language, at)), None)


def find_by_public_id(public_id: UUID, *, audience: Audience, language: str, at: datetime) -> PublishedCampaign | None:
    return next(iter(_published(Campaign.objects.filter(public_id=public_id), audience, language, at)), None)


def preview(campaign_id: int, *, language: str, at: datetime) -> PublishedCampaign | None:
    """For the workspace alone: the campaign as readers would see it if it were approved and live, by the consent there is
    today. None when nothing may be shown at all."""
    row = next(iter(_prefetched(Campaign.objects.filter(pk=campaign_id), on=at.date())), None)
    found = standings(row.cases, audience=Audience.PUBLIC, at=at) if row else {}
    return _form(row, found, language, until=None, unread={}, at=at) if row else None


def gone_since(limit: int) -> list[tuple[UUID, datetime]]:
    """(public id, when it fell silent) of campaigns somebody may have a copy of, the latest first: for a feed."""
    rows = Campaign.objects.launched().exclude(silenced_at=None).order_by("-silenced_at")[:limit]
    return [(row.public_id, row.silenced_at) for row in rows if row.silenced_at is not None]


def was_launched(public_id: UUID) -> bool:
    """Whether there was once something to show under this id: then it is gone, not unknown."""
    return Campaign.objects.launched().filter(public_id=public_id).exists()


def was_launched_at(slug: str) -> bool:
    """The same for an address: a page that was there once says so, neutrally; one that never was stays unknown."""
    return Campaign.objects.launched().filter(slug=slug).exists()


def silenced_and_shown(*, at: datetime) -> list[int]:
    """Ids of campaigns that were told to be gone and may be shown again: new consent, new approvals."""
    rows = Campaign.objects.exclude(silenced_at=None)
    return [form.id for form in _published(rows, Audience.PUBLIC, "en", at)]


def for_defender(public_id: UUID, *, audience: Audience, language: str, at: datetime) -> list[PublishedCampaign]:
    """Every campaign for a defender that an audience may see, those that are over too."""
    rows = Campaign.objects.filter(_named_by(public_id)).order_by("pk")
    return [
        form for form in _published(rows, audience, language, at) if public_id in {one.public_id for one in form.people}
    ]


def was_defender_shown(public_id: UUID) -> bool:
    cases = Case.objects.filter(Q(defender__public_id=public_id) | Q(public_id=public_id))
    left = CampaignCase.objects.filter(case__in=cases, left_at__gt=F("campaign__launched_at"))
    return left.exists() or any(Campaign.objects.launched().about(case).exists() for case in cases)


def _named_by(public_id: UUID) -> Combinable:
    cases = Case.objects.filter(Q(defender__public_id=public_id) | Q(public_id=public_id))
    return Q(case__in=cases) | Exists(CampaignCase.objects.standing().filter(campaign=OuterRef("pk"), case__in=cases))


def after(last_id: int, *, audience: Audience, language: str, at: datetime) -> Iterator[PublishedCampaign]:
    """Every campaign past an id that may be seen, oldest first: an order in which new ones come last, so a cursor stays true."""
    return iter(_published(Campaign.objects.filter(pk__gt=last_id).order_by("pk"), audience, language, at))


def listed(*, audience: Audience, language: str, at: datetime) -> list[PublishedCampaign]:
    """Every live campaign an audience may see: what asks something before what does not at the moment, newest first."""
    rows = _published(Campaign.objects.live().newest_first(), audience, language, at)
    return sorted(rows, key=lambda one: not one.asked)


def over(*, audience: Audience, language: str, at: datetime, most: int) -> list[PublishedCampaign]:
    """Campaigns that are over and may be seen, the latest first; at most so many are looked at."""
    ended = Campaign.objects.filter(state=Campaign.State.CLOSED).order_by("-closed_at", "-pk")
    latest = list(ended.publishable(at).values_list("pk", flat=True)[:most])
    return list(_published(ended.filter(pk__in=latest), audience, language, at))


def _published(
    campaigns: Iterable[Campaign], audience: Audience, language: str, at: datetime
) -> Iterable[PublishedCampaign]:
    rows = list(_prefetched(campaigns.shown().publishable(at), on=at.date()))  # type: ignore[attr-defined]
    if not rows:
        return
    cases = list({case.pk: case for row in rows for case in row.cases}.values())
    ask_what_was_said([case for row in rows for case in row.cases])
    found = standings(cases, audience=audience, at=at)
    read = read_until(cases, at=at)
    waits = Approval.objects.missing_of_each(SUBJECT, {row.pk: row.parts() for row in rows})
    unread = unread_of(action for row in rows for action in row.actions.all())
    for row in rows:
        ends = [read.get(case.pk) for case in row.cases]
        if None in ends or is_kept_back(row, waits[row.pk]):
            continue
        ends_at, own = min(filter(None, ends)), waits[row.pk]
        form = _form(row, found, language, until=ends_at, unread=unread, own_unread=own, at=at)
        if form is not None:
            yield form


def _prefetched(campaigns: Iterable[Campaign], *, on: date) -> Iterable[Campaign]:
    return campaigns.select_related("case__defender", "case__province", "host").prefetch_related(  # type: ignore[attr-defined]
        "texts",
        "demands__target__texts",
        "case__defender__names",
        "case__defender__guarded_words",
        "case__defender__special_categories",
        "case__citations",
        Prefetch("case__statuses", CaseStatus.objects.verified().current(on), to_attr="told_statuses"),
        Prefetch("beside", CampaignCase.objects.select_related("case__defender", "case__province")),
        "beside__case__defender__names",
        "beside__case__defender__guarded_words",
        "beside__case__defender__special_categories",
        "beside__case__citations",
        Prefetch("beside__case__statuses", CaseStatus.objects.verified().current(on), to_attr="told_statuses"),
        "actions__texts",
        Prefetch("co_hostings", CoHosting.objects.standing().select_related("organisation"), "standing_co_hostings"),
    )


def _form(
    row: Campaign,
    found: Mapping[int, Standing],
    language: str,
    *,
    until: datetime | None,
    unread: Mapping[int, list[str]],
    own_unread: Collection[str] | None = None,
    at: datetime,
) -> PublishedCampaign | None:
    """until: the end of the judgement of risk that two have read. unread: as publishing.action.unread_of. own_unread: of its own
    parts. None in a preview, where nobody need have read anything."""
    ends = [found[case.pk].until for case in row.cases]
    if None in ends or not all(permits_campaign(row, found[case.pk]) for case in row.cases):
        return None
    told = told_of(row, found)
    people = people_of(told)
    if not people:
        return None
    standing = standing_in(told)
    defender = as_one(people)
    texts = readable(row, told, own_unread) if own_unread is not None else previewed(row, told)
    text = texts.get(language) or texts.get("en") or next(iter(texts.values()), None)
    if text is None:
        return None

    def plain(words: str) -> str:
        return fill(words, defender, text.language, html=False)

    demands = tuple(published_demand(one, text.language, [who.case for who in told]) for one in row.demands.all())
    changes = [moment for one in row.actions.all() for moment in changes_at(one, at=at)]
    last = min(end for end in (*ends, until) if end)
    return PublishedCampaign(
        id=row.pk,
        case_id=row.case_id,
        public_id=row.public_id,
        slug=row.slug,
        language=text.language,
        languages=tuple(sorted(texts)),
        defender=defender,
        people=people,
        told_of={one.case.pk: one.scopes for one in standing},
        left=tuple(one.case.pk for one in told if one.has_left),
        rewritten_at=row.rewritten_at,
        title=plain(text.title),
        context=plain(text.context),
        deck=plain(text.deck),
        ask=plain(text.ask),
        letter_html=fill(to_html(text.letter, keeps_lines=True), defender, text.language, html=True)
        if row.has_petition
        else "",
        chain=tuple((plain(link["title"]), plain(link["text"])) for link in text.chain),
        statuses=_statuses(standing[0]),
        statuses_beside=tuple(zip(people[1:], map(_statuses, standing[1:]), strict=True)),
        law=tuple(dict.fromkeys(cited for case in row.cases for cited in published_citations(case))),
        country=row.case.country,
        target=" · ".join(one.target for one in demands),
        host_name=row.host.name,
        co_hosts=tuple((one.organisation.public_id, one.organisation.name) for one in row.standing_co_hostings),  # type: ignore[attr-defined]  # prefetched
        demand=demands[0].asks if demands else "",
        demands=demands,
        opened_on=(row.launched_at or row.created_at).date(),
        closed_on=row.closed_at.date() if row.closed_at else None,
        ending=ENDINGS.get(row.ending, ""),
        is_archived=row.state == Campaign.State.ARCHIVED,
        verified_on=min((case.verified_on for case in row.cases if case.verified_on), default=None),
        actions=published_actions(row, told, defender, language=language, unread=unread, at=at),
        is_joinable=row.closed_at is None,
        is_memorial=any(found[case.pk].is_memorial for case in row.cases),
        scopes=in_common(told),
        epoch=row.epoch,
        until=last,
        fresh_until=min([last, *changes]),
    )


def _statuses(one: ToldOf) -> tuple[PublishedStatus, ...]:
    return published_statuses(one.case, one.case.told_statuses, one.scopes, is_memorial=False)  # type: ignore[attr-defined]
