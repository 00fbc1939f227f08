"""PublishedCampaign: what pages, mails, feeds and the API may say about a campaign to an audience, in a language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, Exists, OuterRef, Prefetch, Q

from campaigns.models import Campaign, CampaignText, Case, CaseStatus, CoHosting, PublicationConsent
from campaigns.models.gate.facts import ask_what_was_said
from campaigns.models.gate.opening import open_cases
from campaigns.publishing import conduct, prose
from campaigns.publishing.action import PublishedAction, changes_at, published_actions, unread_of
from campaigns.publishing.audiences import Audience
from campaigns.publishing.case_parts import SAFETY, is_judged_by_two, read_until
from campaigns.publishing.defender import PublishedDefender, published_defender
from campaigns.publishing.law import CitedArticle, published_citations
from campaigns.publishing.markdown import to_html
from campaigns.publishing.slots import fill
from campaigns.publishing.standing import Standing, standings
from campaigns.publishing.status import PublishedStatus, published_statuses
from campaigns.publishing.vocabulary import ENDINGS
from network.models import Approval
from network.models.prepared import Slot, reading

Scope = PublicationConsent.Scope
NEEDED = {Scope.NARRATIVE, Scope.PETITION}  # a campaign tells what happened and asks for signatures
AFTER_DEATH = frozenset({Campaign.Demand.INVESTIGATE})  # what can still be asked
SUBJECT = "campaign"


@dataclass(frozen=True, kw_only=True)
class PublishedCampaign:
    id: int
    case_id: int
    public_id: UUID
    slug: str
    language: str  # of the words below; the reader's where there is a text in it
    languages: tuple[str, ...]
    defender: PublishedDefender
    title: str
    context: str
    deck: str
    ask: str
    letter_html: str
    chain: tuple[tuple[str, str], ...]
    statuses: tuple[PublishedStatus, ...]  # the gravest first
    law: tuple[CitedArticle, ...]  # what binds first, then standards
    country: str  # the State concerned; empty where none is on record
    target: str
    host_name: str
    co_hosts: tuple[tuple[UUID, str], ...]  # (public id, name) of partners in good standing
    demand: str
    opened_on: date
    closed_on: date | None  # it asks nothing any more
    ending: Any  # why, in words; empty while it is open
    verified_on: date | None
    actions: tuple[PublishedAction, ...]
    is_joinable: bool
    is_memorial: bool
    scopes: frozenset[str]  # what consent covers; texts that lean on the campaign are guarded by it
    epoch: int  # of the case; moves when less may be shown
    until: datetime  # the earliest moment at which any of this may have to go
    fresh_until: (
        datetime  # and at which any of it may be another: told to no reader, because something may only then appear
    )

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
    rows = list(_prefetched(Campaign.objects.filter(pk=campaign_id), on=at.date()))
    found = standings([row.case for row in rows], audience=Audience.PUBLIC, at=at)
    forms = (_form(row, found[row.case_id], language, until=None, unread={}, at=at) for row in rows)
    return next((form for form in forms if form is not None), None)


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
    return [form for form in _published(rows, audience, language, at) if form.defender.public_id == public_id]


def was_defender_shown(public_id: UUID) -> bool:
    return Campaign.objects.launched().filter(_named_by(public_id)).exists()


def _named_by(public_id: UUID) -> Q:
    return Q(case__defender__public_id=public_id) | Q(case__public_id=public_id)


def after(last_id: int, *, audience: Audience, language: str, at: datetime) -> Iterator[PublishedCampaign]:
    """Every campaign past an id that may be seen, oldest first: an order in which new ones come last, so a cursor stays true."""
    return iter(_published(Campaign.objects.filter(pk__gt=last_id).order_by("pk"), audience, language, at))


def listed(*, audience: Audience, language: str, at: datetime) -> list[PublishedCampaign]:
    """Every live campaign an audience may see, newest first."""
    return list(_published(Campaign.objects.live().newest_first(), audience, language, at))


def over(*, audience: Audience, language: str, at: datetime, most: int) -> list[PublishedCampaign]:
    """Campaigns that are over and may be seen, the latest first; at most so many are looked at."""
    ended = Campaign.objects.filter(state=Campaign.State.CLOSED).order_by("-closed_at", "-pk")
    latest = list(ended.publishable(at).values_list("pk", flat=True)[:most])
    return list(_published(ended.filter(pk__in=latest), audience, language, at))


_ITS = Campaign.objects.shown().filter(pk=Slot("campaign"), case=OuterRef("pk"))
_OPEN_CASE = reading(lambda: open_cases(Slot("at", DateTimeField())).filter(Exists(_ITS)))


def permits(campaign_id: int, *, at: datetime, epoch: int | None = None) -> bool:
    """Whether a campaign's case may be shown to the public right now, and still as it was at `epoch`: the
    heartbeat of mail in flight asks this, each second."""
    case = _OPEN_CASE.first_of(Case, campaign=campaign_id, at=at)
    return case is not None and epoch in (None, case.epoch) and is_judged_by_two(case, at=at)


def _published(
    campaigns: Iterable[Campaign], audience: Audience, language: str, at: datetime
) -> Iterable[PublishedCampaign]:
    rows = list(_prefetched(campaigns.shown().publishable(at), on=at.date()))  # type: ignore[attr-defined]
    if not rows:
        return
    cases = [row.case for row in rows]
    ask_what_was_said(cases)
    found = standings(cases, audience=audience, at=at)
    read = read_until(cases, at=at)
    waits = Approval.objects.missing_of_each(SUBJECT, {row.pk: row.parts() for row in rows})
    unread = unread_of(action for row in rows for action in row.actions.all())
    for row in rows:
        if row.case_id not in read or waits[row.pk]:
            continue
        form = _form(row, found[row.case_id], language, until=read[row.case_id], unread=unread, at=at)
        if form is not None:
            yield form


def _prefetched(campaigns: Iterable[Campaign], *, on: date) -> Iterable[Campaign]:
    return campaigns.select_related("case__defender", "case__province", "target", "host").prefetch_related(  # type: ignore[attr-defined]
        "texts",
        "target__texts",
        "case__defender__names",
        "case__defender__guarded_words",
        "case__defender__special_categories",
        "case__citations",
        Prefetch("case__statuses", CaseStatus.objects.verified().current(on), to_attr="told_statuses"),
        "actions__texts",
        Prefetch(
            "co_hostings",
            queryset=CoHosting.objects.standing().select_related("organisation"),
            to_attr="standing_co_hostings",
        ),
    )


def permits_campaign(campaign: Campaign, standing: Standing) -> bool:
    """Whether consent covers what a campaign does. For the dead it asks for the truth, or it is not shown."""
    if not (standing.names_somebody and standing.remembrance_permitted and standing.scopes >= NEEDED):
        return False
    return not standing.is_memorial or campaign.demand in AFTER_DEATH


def _form(
    row: Campaign,
    standing: Standing,
    language: str,
    *,
    until: datetime | None,
    unread: Mapping[int, list[str]],
    at: datetime,
) -> PublishedCampaign | None:
    """until: the end of the judgement of risk that two have read; None in a preview, where nobody need have read it. unread: as
    publishing.action.unread_of."""
    if standing.until is None or not permits_campaign(row, standing):
        return None
    defender = published_defender(row.case, standing.scopes)
    if defender is None:
        return None
    texts = {text.language: text for text in row.texts.all() if not unfit(text, row.case, standing.scopes)}
    text = texts.get(language) or texts.get("en") or next(iter(texts.values()), None)
    if text is None:
        return None

    def plain(words: str) -> str:
        return fill(words, defender, text.language, html=False)

    ends = [moment for one in row.actions.all() for moment in changes_at(one, at=at)]
    return PublishedCampaign(
        id=row.pk,
        case_id=row.case_id,
        public_id=row.public_id,
        slug=row.slug,
        language=text.language,
        languages=tuple(sorted(texts)),
        defender=defender,
        title=plain(text.title),
        context=plain(text.context),
        deck=plain(text.deck),
        ask=plain(text.ask),
        letter_html=fill(to_html(text.letter), defender, text.language, html=True),
        chain=tuple((plain(link["title"]), plain(link["text"])) for link in text.chain),
        statuses=published_statuses(row.case, row.case.told_statuses, standing.scopes, is_memorial=False),  # type: ignore[attr-defined]
        law=published_citations(row.case),
        country=row.case.country,
        target=row.target.title_in(text.language) if row.target else "",
        host_name=row.host.name,
        co_hosts=tuple((one.organisation.public_id, one.organisation.name) for one in row.standing_co_hostings),  # type: ignore[attr-defined]  # prefetched
        demand=row.demand,
        opened_on=(row.launched_at or row.created_at).date(),
        closed_on=row.closed_at.date() if row.closed_at else None,
        ending=ENDINGS.get(row.ending, ""),
        verified_on=row.case.verified_on,
        actions=published_actions(row, defender, language=language, scopes=standing.scopes, unread=unread, at=at),
        is_joinable=row.closed_at is None,
        is_memorial=standing.is_memorial,
        scopes=standing.scopes,
        epoch=row.case.epoch,
        until=(last := min(standing.until, until or standing.until)),
        fresh_until=min(last, *ends) if ends else last,
    )


def missing_approvals(row: Campaign, *, at: datetime) -> list[str]:
    """Names of the parts that nobody else has approved as they stand; and "safety" while no second person has read the
    judgement of risk, which is approved once for the case and all that leans on it."""
    missing = Approval.objects.missing(SUBJECT, row.pk, [*row.parts(), *conduct.parts_of(row)])
    return missing if is_judged_by_two(row.case, at=at) else [*missing, SAFETY]


def unfit(text: CampaignText, case: Case, scopes: Iterable[str]) -> list[prose.Finding]:
    """What the prose guard refuses in a campaign's text; empty when it may stand."""
    words = [text.title, text.context, text.deck, text.ask, text.letter]
    words += [f"{link['title']} {link['text']}" for link in text.chain]
    target = text.campaign.target
    words += [title.title for title in target.texts.all()] if target else []
    return prose.findings("\n".join(words), case, frozenset(scopes))
