"""What the workspace sees: a case as it stands on record, a campaign as it is being written, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from campaigns.models import Campaign, CampaignText, Case, Demand, PublicationConsent, RiskAssessment
from campaigns.publishing import case_parts, conduct
from campaigns.publishing.audiences import Audience
from campaigns.publishing.campaign import SUBJECT, find_by_id
from campaigns.publishing.slots import working_title
from campaigns.publishing.vocabulary import ASKED
from network.languages import current_language, digits_of, distance
from network.models import Approval, Person
from network.models.part import Part
from network.permissions import MAY_EDIT, may

TEXT_FIELDS = ("title", "context", "deck", "ask", "letter")


@dataclass(frozen=True, kw_only=True)
class CaseOnRecord:
    """A case as an organiser picks it: never shown outside the workspace."""

    id: int
    names: tuple[tuple[str, str], ...]  # (language, text), as recorded
    scopes: tuple[str, ...]  # consented to today, by every consent in force
    consent_until: datetime | None  # None: no consent in force
    risk: str  # the gravest judgement in date, or empty
    is_withdrawn: bool
    is_taken_back: bool  # somebody took their consent back and has said nothing new
    country: str  # the State concerned, ISO 3166-1; empty: not said

    @property
    def label(self) -> str:
        return " · ".join(text for _, text in self.names) or f"#{self.id}"


@dataclass(frozen=True, kw_only=True)
class PartState:
    """One part of a draft: who wrote it, who approved it as it stands, whether this reader may."""

    name: str
    part: Part
    written_by: str
    others_wrote: bool  # somebody besides this reader, since it was approved
    half_approved_by: str  # who wrote in it too, so that one more is needed; empty: nobody
    approved_by: str  # empty: nobody yet
    may_be_approved: bool


@dataclass(frozen=True, kw_only=True)
class ToBeRead:
    """Words of a draft that a second person has to look at, and the clause of our principles that says why."""

    language: str
    words: str
    clause: tuple[str, str]  # title and text, in the reader's language


@dataclass(frozen=True, kw_only=True)
class DraftDemand:
    id: int
    campaign_id: int
    asks: str  # one of Demand.Asks; empty: not chosen yet
    titles: dict[str, str]  # {language: the office's title}
    salutations: dict[str, str]
    country: str  # where the office sits; empty: in no single State, or not said
    languages: tuple[str, ...]  # in which it takes letters; empty: not known
    met_at: datetime | None
    met_by_id: int | None
    is_told_as_met: bool  # a second person has looked

    @property
    def words(self) -> Any:
        return ASKED.get(self.asks, "")

    @property
    def title(self) -> str:
        titles = (self.titles.get(language) for language in (current_language(), "en", *self.titles))
        return next((title for title in titles if title), "")


@dataclass(frozen=True, kw_only=True)
class DraftCampaign:
    id: int
    slug: str
    state: str
    case: CaseOnRecord
    beside: tuple[CaseOnRecord, ...]  # whom it is for too
    case_label: str  # names for whoever works on cases; for other readers of the workspace its number
    is_shown: bool  # live or closed, and the gate lets it be seen now
    may_be_closed: bool  # it was live once, and is not over
    was_launched: bool
    closed_at: datetime | None
    ending: str  # one of Campaign.Ending, or empty
    demands: tuple[DraftDemand, ...]
    sits_in_one_state: bool  # everybody who is asked
    has_petition: bool
    petition_is_open: bool
    zone: str  # of the tz database
    texts: dict[str, dict[str, str]]  # {language: {field: words}}
    waiting_languages: tuple[str, ...]  # added once it was live, and read by nobody outside
    to_be_read: tuple[ToBeRead, ...]  # what may ask for something that no campaign of ours asks for
    parts: tuple[
        PartState, ...
    ]  # the last is the judgement of risk, approved once for the case and all that leans on it

    @property
    def letter_is_overtaken(self) -> bool:
        """Live, it still asks some office for something, but what it asks for first has been done."""
        is_asking = (
            self.state == Campaign.State.LIVE and self.has_petition and not all(one.met_at for one in self.demands)
        )
        first = self.demands[0].asks if self.demands else ""
        return is_asking and all(one.met_at for one in self.demands if one.asks == first)

    @property
    def stage(self) -> str:
        """Its state; before it is live, how far it has come: draft, review (a second person has begun to read), approved."""
        if self.state not in Campaign.WRITTEN:
            return self.state
        read = [bool(part.approved_by) for part in self.parts]
        return "approved" if self.texts and all(read) else "review" if self.state == "review" or any(read) else "draft"

    @property
    def title(self) -> str:
        titles = {language: words.get("title", "") for language, words in self.texts.items()}
        return working_title(titles, current_language()) or self.slug


def case_on_record(case_id: int, *, at: datetime) -> CaseOnRecord | None:
    return next(iter(_cases([case_id], at=at)), None)


def cases_on_record(*, at: datetime) -> list[CaseOnRecord]:
    """Every case, newest first."""
    return _cases(Case.objects.order_by("-pk").values_list("pk", flat=True), at=at)


def _cases(ids: Iterable[int], *, at: datetime) -> list[CaseOnRecord]:
    rows = Case.objects.filter(pk__in=list(ids)).order_by("-pk").prefetch_related("defender__names")
    return [_case(row, at=at) for row in rows]


def _case(row: Case, *, at: datetime) -> CaseOnRecord:
    consents = list(PublicationConsent.objects.in_force(at).filter(case=row))
    scopes = set.intersection(*(set(consent.scopes) for consent in consents)) if consents else set()
    order = list(RiskAssessment.Result.values)
    risks = list(RiskAssessment.objects.in_date(at).filter(case=row).values_list("result", flat=True))
    names = [(name.language, name.text) for name in row.defender.names.all() if name.is_display]
    own = current_language()
    return CaseOnRecord(
        id=row.pk,
        names=tuple(sorted(names, key=lambda name: distance(name[0], own))),
        scopes=tuple(sorted(scopes)),
        consent_until=min((consent.expires_at for consent in consents), default=None),
        risk=max(risks, key=order.index, default=""),
        is_withdrawn=row.withdrawn_at is not None,
        is_taken_back=PublicationConsent.objects.filter(case=row).withdrawn_last().exists(),
        country=row.country,
    )


def drafts(*, at: datetime, reader: Person, newest: int = 100) -> list[DraftCampaign]:
    """Campaigns in every state, newest first."""
    return [_draft(row, at=at, reader=reader) for row in _rows().order_by("-pk")[:newest]]


def draft_of(campaign_id: int, *, at: datetime, reader: Person) -> DraftCampaign | None:
    row = _rows().filter(pk=campaign_id).first()
    return _draft(row, at=at, reader=reader) if row else None


def title_of(campaign_id: int) -> str:
    """A campaign's working title in the page's language or another, for lists in the workspace."""
    titles = {one.language: one.title for one in CampaignText.objects.filter(campaign_id=campaign_id).order_by("pk")}
    return working_title(titles, current_language()) or f"#{campaign_id}"


def _rows():  # type: ignore[no-untyped-def]  # a queryset with its prefetches
    return Campaign.objects.select_related("case__defender", "written_by").prefetch_related(
        "texts__written_by",
        "demands__target__texts",
        "actions",
        "case__defender__names",
        "beside__case__defender__names",
    )


def _draft(row: Campaign, *, at: datetime, reader: Person) -> DraftCampaign:
    return DraftCampaign(
        id=row.pk,
        slug=row.slug,
        state=row.state,
        is_shown=row.state in Campaign.SHOWN
        and find_by_id(row.pk, audience=Audience.PUBLIC, language="en", at=at) is not None,
        case=(case := _case(row.case, at=at)),
        beside=(beside := tuple(_case(one, at=at) for one in row.cases[1:])),
        case_label=" + ".join(_called(one, reader) for one in (case, *beside)),
        may_be_closed=row.launched_at is not None and row.closed_at is None,
        was_launched=row.launched_at is not None,
        closed_at=row.closed_at,
        ending=row.ending,
        demands=(demands := tuple(_demand(one) for one in row.demands.all())),
        sits_in_one_state=len({one.country for one in demands}) == 1 and bool(demands[0].country),
        zone=row.zone,
        has_petition=row.has_petition,
        petition_is_open=any(not one.has_own_words and one.closed_at is None for one in row.actions.all()),
        texts={text.language: _words(text) for text in row.texts.all()},
        waiting_languages=tuple(sorted(text.language for text in row.texts.all() if text.waits)),
        to_be_read=tuple(
            ToBeRead(language=text.language, words=one.words, clause=conduct.clause_of(one.rule, current_language()))
            for text in row.texts.all()
            for one in conduct.to_be_read(text)
        ),
        parts=(
            *part_states(SUBJECT, row.pk, [*row.parts(), *conduct.parts_of(row)], reader=reader),
            *part_states(case_parts.SUBJECT, row.case_id, [case_parts.safety_of(row.case, at=at)], reader=reader),
            *(state for one in row.cases[1:] for state in _safety_beside(one, reader=reader, at=at)),
        ),
    )


def _called(case: CaseOnRecord, reader: Person) -> str:
    return case.label if may(reader, MAY_EDIT) else f"#{digits_of(str(case.id), get_language() or 'en')}"


def _safety_beside(case: Case, *, reader: Person, at: datetime) -> Iterable[PartState]:
    states = part_states(case_parts.SUBJECT, case.pk, [case_parts.safety_of(case, at=at)], reader=reader)
    return (replace(state, name=f"{state.name}:{case.pk}") for state in states)


def demand_on_record(demand_id: int) -> DraftDemand | None:
    row = Demand.objects.select_related("target").prefetch_related("target__texts").filter(pk=demand_id).first()
    return _demand(row) if row else None


def demands_on_record(campaign_id: int) -> list[DraftDemand]:
    rows = Demand.objects.select_related("target").prefetch_related("target__texts").filter(campaign=campaign_id)
    return [_demand(row) for row in rows]


def _demand(row: Demand) -> DraftDemand:
    texts = {text.language: text for text in row.target.texts.all()}
    return DraftDemand(
        id=row.pk,
        campaign_id=row.campaign_id,
        asks=row.asks,
        titles={language: text.title for language, text in texts.items()},
        salutations={language: text.salutation for language, text in texts.items()},
        country=row.target.country,
        languages=tuple(row.target.languages),
        met_at=row.met_at,
        met_by_id=row.met_by_id,
        is_told_as_met=row.met_seen_at is not None,
    )


def _words(text: CampaignText) -> dict[str, str]:
    return {field: getattr(text, field) for field in TEXT_FIELDS}


def part_states(subject: str, subject_id: int, parts: Sequence[Part], *, reader: Person) -> tuple[PartState, ...]:
    """Each part with its author and who approved exactly it."""
    standings = Approval.objects.standings(subject, subject_id, parts)
    wrote = {pk for standing in standings.values() for pk in standing.authors}
    names = dict(Person.objects.filter(pk__in=wrote - {None}).values_list("pk", "display_name"))
    states = []
    for part in parts:
        standing = standings[part.name]
        last_first = sorted(standing.authors & names.keys(), key=lambda pk: pk != part.written_by_id)
        yes = " · ".join(row.by.display_name if row.by else "—" for row in standing.given)
        states.append(
            PartState(
                name=part.name,
                part=part,
                written_by=" · ".join(names[pk] for pk in last_first),
                others_wrote=reader.pk in standing.editors and standing.others_wrote(reader.pk),
                half_approved_by="" if standing.is_approved else yes,
                approved_by=yes if standing.is_approved else "",
                may_be_approved=standing.waits_for(reader.pk),
            )
        )
    return tuple(states)
