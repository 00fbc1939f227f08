"""PublishedCase: what may be told of a case and the person it concerns, to an audience, in a language, now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from campaigns.models import Case, CaseStatus, PublicationConsent, TimelineEvent, open_cases
from campaigns.publishing.addresses import slugs_of
from campaigns.publishing.audiences import Audience
from campaigns.publishing.case_parts import FACTS, missing_parts, parts_of
from campaigns.publishing.claims import (
    PublishedCorrection,
    PublishedEvent,
    PublishedWords,
    published_corrections,
    published_events,
    published_own_words,
)
from campaigns.publishing.defender import PublishedDefender, published_defender
from campaigns.publishing.evidence import Evidence, evidence_of
from campaigns.publishing.law import CitedArticle, published_citations
from campaigns.publishing.markdown import to_html
from campaigns.publishing.photo import PublishedPhoto, published_photo
from campaigns.publishing.prose import findings
from campaigns.publishing.slots import fill
from campaigns.publishing.standing import widest_audience
from campaigns.publishing.status import PublishedStatus, published_statuses
from campaigns.publishing.vocabulary import CATEGORIES, RIGHTS, SCOPE_OF_CATEGORY, SECTORS

Scope = PublicationConsent.Scope
NOTHING_VERIFIED = "nothing-verified"
ASKED_TOGETHER = 200  # cases; a reader of one page of many asks no more for those behind it


@dataclass(frozen=True, kw_only=True)
class PublishedCase:
    id: int
    public_id: UUID
    slug: str
    defender_slug: str  # empty while their page has no address; the case's own has
    language: str  # of the words below; the reader's where there is a text in it
    languages: tuple[str, ...]
    defender: PublishedDefender
    who: str
    summary: str
    story_html: str
    country: str  # ISO 3166-1; empty where none is on record
    province: str  # its name; empty where consent does not cover it
    province_code: str
    age: int | None  # years, when it happened
    sectors: tuple[tuple[str, Any], ...]  # (code, what it is called)
    rights: tuple[tuple[str, Any], ...]
    special: tuple[tuple[Any, str], ...]  # (what kind, the words), each by a consent of its own
    statuses: tuple[PublishedStatus, ...]  # the gravest first
    timeline: tuple[PublishedEvent, ...]  # the earliest first; empty in lists
    own_words: tuple[PublishedWords, ...]
    corrections: tuple[PublishedCorrection, ...]
    law: tuple[CitedArticle, ...]
    photo: PublishedPhoto | None
    verified_on: date | None
    published_at: datetime
    is_memorial: bool
    is_archived: bool
    is_unchecked: bool  # published in an emergency; every check follows within a day
    scopes: frozenset[str]
    epoch: int
    until: datetime  # the earliest moment at which any of this may have to go


def find(slug_holder: UUID, *, audience: Audience, language: str, at: datetime) -> PublishedCase | None:
    """The case with a public id, whole, or None when it does not exist or may not be shown."""
    return next(_published(Case.objects.filter(public_id=slug_holder), audience, language, at, whole=True), None)


def of_defender(
    holder: UUID, *, audience: Audience, language: str, at: datetime, whole: bool = True
) -> list[PublishedCase]:
    """Every case told of a person under the id they are shown by: their own by name, one case's by an alias."""
    rows = Case.objects.filter(defender__public_id=holder) | Case.objects.filter(public_id=holder)
    forms = _published(rows.order_by("-published_at"), audience, language, at, whole=whole)
    return [form for form in forms if form.defender.public_id == holder]


def listed(*, audience: Audience, language: str, at: datetime) -> list[PublishedCase]:
    """Every case an audience may read, the latest first, without its longer parts."""
    return list(_published(Case.objects.order_by("-published_at", "-pk"), audience, language, at))


def after(last_id: int, *, audience: Audience, language: str, at: datetime) -> Iterator[PublishedCase]:
    """Every case past an id, whole, oldest first: new ones come last, so a cursor stays true."""
    return _published(Case.objects.filter(pk__gt=last_id).order_by("pk"), audience, language, at, whole=True)


def granted(ids: Iterable[int], *, language: str, at: datetime) -> dict[int, PublishedCase]:
    """{case id: form} of cases as a partner with a grant may read them."""
    rows = _published(Case.objects.filter(pk__in=list(ids)), Audience.PARTNERS, language, at, whole=True)
    return {form.id: form for form in rows}


def among(ids: Iterable[int], *, audience: Audience, language: str, at: datetime) -> dict[int, PublishedCase]:
    """{case id: form}, without its longer parts, of those of these cases that an audience may read."""
    return {form.id: form for form in _published(Case.objects.filter(pk__in=list(ids)), audience, language, at)}


def was_published(public_id: UUID) -> bool:
    """Whether there was once something to show under this id: then it is gone, not unknown."""
    return Case.objects.ever_published().filter(public_id=public_id).exists()


def was_defender_shown(public_id: UUID) -> bool:
    held = Q(defender__public_id=public_id) | Q(public_id=public_id)
    return Case.objects.ever_published().filter(held).exists()


def preview(case_id: int, *, language: str, at: datetime) -> PublishedCase | None:
    """For the workspace alone: the case as its readers would see it, approved and published, by today's consent."""
    rows = Case.objects.filter(pk=case_id)
    told_to = widest_audience(case_id, at=at)
    return next(_forms(rows, told_to, language, at, whole=True, approved=True), None)


def silenced_and_shown(*, at: datetime) -> list[int]:
    """Ids of cases that were told to be gone and may be shown again: new consent, new approvals."""
    return [form.id for form in _published(Case.objects.exclude(silenced_at=None), Audience.PUBLIC, "en", at)]


def gone_since(limit: int) -> list[tuple[UUID, datetime]]:
    """(public id, when it fell silent) of cases somebody may have a copy of, the latest first: tombstones for a feed."""
    rows = Case.objects.ever_published().exclude(silenced_at=None).order_by("-silenced_at")[:limit]
    return [(row.public_id, row.silenced_at) for row in rows if row.silenced_at is not None]


def _published(
    rows: QuerySet[Case], audience: Audience, language: str, at: datetime, *, whole: bool = False
) -> Iterator[PublishedCase]:
    shown = rows.filter(pk__in=Case.objects.published(audience.value), id__in=open_cases(at, audience=audience.value))
    return _forms(shown, audience, language, at, whole=whole)


def _forms(
    rows: QuerySet[Case], audience: Audience, language: str, at: datetime, *, whole: bool, approved: bool = False
) -> Iterator[PublishedCase]:
    """approved: as if everything had been, for a preview."""
    cases = list(_prefetched(rows, at))
    for first in range(0, len(cases), ASKED_TOGETHER):
        some = cases[first : first + ASKED_TOGETHER]
        evidence = evidence_of(some, audience=audience, at=at)
        forms = (
            _form(row, evidence[row.pk], language, at, whole=whole, approved=approved)
            for row in some
            if row.pk in evidence
        )
        yield from (form for form in forms if form is not None)


def _prefetched(rows: QuerySet[Case], at: datetime) -> QuerySet[Case]:
    return rows.select_related("defender", "province").prefetch_related(
        "texts",
        "citations",
        "defender__names",
        "defender__guarded_words",
        "defender__special_categories",
        Prefetch("statuses", CaseStatus.objects.verified().current(at.date()), to_attr="told_statuses"),
    )


def is_verified(case: Case) -> bool:
    """Whether a second person has verified one event or status at least."""
    rows = (CaseStatus.objects.verified(), TimelineEvent.objects.verified())
    return any(claims.filter(case=case).exists() for claims in rows)


def missing_approvals(case: Case, *, at: datetime) -> list[str]:
    """Names of the parts that nobody else has approved as they stand. In an emergency, for a day, the facts and the words
    of one language are enough; consent and risk are never skipped."""
    return _in_the_way(case, missing_parts(case, at=at), at=at)


def _in_the_way(case: Case, missing: list[str], *, at: datetime) -> list[str]:
    if case.emergency_until is not None and not is_verified(case) and case.emergency_until <= at:
        return [*missing, NOTHING_VERIFIED]  # a day's grace is over, and still nobody has verified anything
    if case.emergency_until is None or case.emergency_until <= at:
        return missing
    texts = [part.name for part in parts_of(case, at=at) if part.name.startswith("text:")]
    if FACTS not in missing and any(name not in missing for name in texts):
        return []
    return [name for name in missing if name == FACTS or name in texts]


def _form(
    row: Case, evidence: Evidence, language: str, at: datetime, *, whole: bool, approved: bool
) -> PublishedCase | None:
    standing, scopes = evidence.standing, evidence.standing.scopes
    defender = published_defender(row, scopes)
    if defender is None:
        return None
    every = frozenset() if approved else evidence.unapproved
    if not approved and _in_the_way(row, sorted(every), at=at):
        return None
    texts = {
        text.language: text
        for text in row.texts.all()
        if f"text:{text.language}" not in every and not findings("\n".join(text.words().values()), row, scopes)
    }
    text = texts.get(language) or texts.get("en") or next(iter(texts.values()), None)
    if text is None:
        return None

    def plain(words: str) -> str:
        return fill(words, defender, text.language, html=False)

    slugs = slugs_of(row, defender, evidence.slugs)
    if not slugs.case and not approved:
        return None  # never published: it has no page anywhere
    unchecked = bool(every) or (row.emergency_until is not None and row.emergency_until > at and not is_verified(row))
    ends = [
        standing.until,
        evidence.read_until,
        row.emergency_until if unchecked else None,
    ]
    return PublishedCase(
        id=row.pk,
        public_id=row.public_id,
        slug=slugs.case,
        defender_slug=slugs.defender,
        language=text.language,
        languages=tuple(sorted(texts)),
        defender=defender,
        who=plain(text.who),
        summary=plain(text.summary),
        story_html=fill(to_html(text.story), defender, text.language, html=True) if whole else "",
        country=row.country,
        province=row.province.name_in(language) if row.province and Scope.PROVINCE in scopes else "",
        province_code=row.province.code if row.province and Scope.PROVINCE in scopes else "",
        age=row.age_at_event if Scope.AGE in scopes else None,
        sectors=tuple((code, SECTORS[code]) for code in row.defender.sectors),
        rights=tuple((code, RIGHTS[code]) for code in row.rights),
        special=_special(row, scopes, language),
        statuses=published_statuses(row, row.told_statuses, scopes, is_memorial=standing.is_memorial),  # type: ignore[attr-defined]  # prefetched
        timeline=published_events(row, scopes, defender, text.language) if whole else (),
        own_words=published_own_words(row, scopes, defender, language) if whole else (),
        corrections=published_corrections(row, scopes, defender, text.language) if whole else (),
        law=published_citations(row) if whole else (),
        photo=published_photo(row, evidence.photos, scopes, defender, language),
        verified_on=row.verified_on,
        published_at=row.published_at or at,
        is_memorial=standing.is_memorial,
        is_archived=row.archived_at is not None and row.archived_at <= at,
        is_unchecked=unchecked,
        scopes=scopes,
        epoch=row.epoch,
        until=min(end for end in ends if end is not None),
    )


def _special(row: Case, scopes: frozenset[str], language: str) -> tuple[tuple[Any, str], ...]:
    """Each category in the reader's language, by its own consent; none stands in for another."""
    found: dict[str, str] = {}
    for one in sorted(row.defender.special_categories.all(), key=lambda one: one.language == language):
        if SCOPE_OF_CATEGORY[one.category] in scopes and not findings(one.words, row, scopes):
            found[one.category] = one.words
    return tuple((CATEGORIES[category], words) for category, words in sorted(found.items()))
