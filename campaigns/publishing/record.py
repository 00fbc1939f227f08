"""The record as the workspace reads it: the person, the words, what happened, photographs. Never for a reader outside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from campaigns.models import (
    Case,
    CaseLink,
    CaseStatus,
    Correction,
    OwnWords,
    Photo,
    PhotoFile,
    PublicationConsent,
    Source,
    TimelineEvent,
)
from campaigns.publishing.case_parts import SUBJECT, part_of_photo, written_parts
from campaigns.publishing.prose import findings
from campaigns.publishing.standing import standing_of, widest_audience
from campaigns.publishing.status import RELIABILITIES, REPORTERS
from campaigns.publishing.vocabulary import EVENTS, LINKS
from campaigns.publishing.workspace import CaseOnRecord, PartState, case_on_record, part_states
from network.models import Person

CLAIMS: dict[str, Any] = {"event": TimelineEvent, "own_words": OwnWords, "correction": Correction}
CASE_FIELDS = ("who", "summary", "story")


@dataclass(frozen=True, kw_only=True)
class NameOnRecord:
    kind: str
    language: str
    text: str
    short: str
    is_display: bool


@dataclass(frozen=True, kw_only=True)
class PersonOnRecord:
    names: tuple[NameOnRecord, ...]
    pronouns: Mapping[str, Mapping[str, str]]
    sectors: tuple[str, ...]
    rights: tuple[str, ...]
    province: str  # code
    age_at_event: int | None
    special: Mapping[tuple[str, str], str]  # {(category, language): words}
    guarded: tuple[tuple[str, str], ...]  # (kind, words)


def person_on_record(case_id: int) -> PersonOnRecord | None:
    case = _case(case_id)
    if case is None:
        return None
    defender = case.defender
    return PersonOnRecord(
        names=tuple(
            NameOnRecord(
                kind=row.kind, language=row.language, text=row.text, short=row.short, is_display=row.is_display
            )
            for row in defender.names.order_by("pk")
        ),
        pronouns=defender.pronouns,
        sectors=tuple(defender.sectors),
        rights=tuple(case.rights),
        province=case.province_id or "",
        age_at_event=case.age_at_event,
        special={(one.category, one.language): one.words for one in defender.special_categories.all()},
        guarded=tuple((one.kind, one.text) for one in defender.guarded_words.order_by("pk")),
    )


@dataclass(frozen=True, kw_only=True)
class WordsOnRecord:
    texts: Mapping[str, Mapping[str, str]]  # {language: {field: words}}
    unfit: tuple[str, ...]  # codes of what the guard keeps back, "unfit:en:name:…"


def words_on_record(case_id: int, *, at: datetime) -> WordsOnRecord | None:
    case = _case(case_id)
    if case is None:
        return None
    rows = list(case.texts.order_by("language"))
    return WordsOnRecord(
        texts={text.language: {field: getattr(text, field) for field in CASE_FIELDS} for text in rows},
        unfit=_unfit(case, {text.language: "\n".join(text.words().values()) for text in rows}, at=at),
    )


@dataclass(frozen=True, kw_only=True)
class ClaimOnRecord:
    id: int
    label: Any  # what happened; empty for words and corrections
    words: Mapping[str, str]
    from_earliest: date | None
    from_latest: date | None
    reported: Any
    is_corroborated: bool
    recorded_by: str
    verified_by: str  # empty: nobody yet
    is_former: bool
    may_be_verified: bool  # by this reader
    unfit: tuple[str, ...]


def tells_what_happened(case_id: int) -> bool:
    """Anything is on record of it, verified or not."""
    kinds = (TimelineEvent.objects.standing(), CaseStatus.objects.standing())
    return any(rows.filter(case=case_id).exists() for rows in kinds)


def states_of_words(case_id: int, *, reader: Person) -> tuple[PartState, ...]:
    """How far the words of a case have come, in each language."""
    case = _case(case_id)
    return part_states(SUBJECT, case_id, written_parts(case), reader=reader) if case else ()


def claims_on_record(case_id: int, claim: str, *, reader: Person, at: datetime) -> list[ClaimOnRecord]:
    """Everything of one kind ("event", "own_words", "correction") on record, standing or taken back."""
    case = _case(case_id)
    if case is None:
        return []
    rows = CLAIMS[claim].objects.filter(case=case).select_related("recorded_by", "verified_by")
    return [_claim(row, case, reader, at=at) for row in rows]


def _claim(row: Any, case: Case, reader: Person, *, at: datetime) -> ClaimOnRecord:
    is_dated = hasattr(row, "from_latest")
    return ClaimOnRecord(
        id=row.pk,
        label=EVENTS.get(getattr(row, "kind", ""), ""),
        words=row.words,
        from_earliest=row.from_earliest if is_dated else None,
        from_latest=row.from_latest if is_dated else None,
        reported=REPORTERS[row.reporter] if is_dated else "",
        is_corroborated=row.is_corroborated if is_dated else True,
        recorded_by=row.recorded_by.display_name if row.recorded_by else "—",
        verified_by=verifier_of(row),
        is_former=getattr(row, "superseded_at", None) is not None,
        may_be_verified=row.verified_at is None and row.recorded_by_id != reader.pk,
        unfit=_unfit(case, row.words, at=at),
    )


def verifier_of(row: Any) -> str:
    """The name of whoever looked at what somebody else put on record, a dash for somebody erased since; empty: nobody yet."""
    if row.verified_at is None:
        return ""
    return row.verified_by.display_name if row.verified_by else "—"


def case_of_claim(claim: str, claim_id: int) -> int | None:
    row = CLAIMS[claim].objects.filter(pk=claim_id).first() if claim in CLAIMS else None
    return row.case_id if row else None


@dataclass(frozen=True, kw_only=True)
class SourceOnRecord:
    id: int
    reported: Any
    reliability: str


@dataclass(frozen=True, kw_only=True)
class LinkOnRecord:
    id: int
    label: Any
    other: CaseOnRecord
    is_verified: bool
    may_be_verified: bool


def links_on_record(case_id: int, *, reader: Person, at: datetime) -> list[LinkOnRecord]:
    """The cases that belong with this one, verified or not."""
    found = []
    for row in CaseLink.objects.standing().of(case_id):
        other = case_on_record(row.other_id if row.case_id == case_id else row.case_id, at=at)
        if other is not None:
            found.append(
                LinkOnRecord(
                    id=row.pk,
                    label=LINKS[row.kind],
                    other=other,
                    is_verified=row.verified_at is not None,
                    may_be_verified=row.verified_at is None and row.recorded_by_id != reader.pk,
                )
            )
    return found


def case_of_link(link_id: int) -> int | None:
    row = CaseLink.objects.filter(pk=link_id).first()
    return row.case_id if row else None


def sources_on_record(case_id: int) -> list[SourceOnRecord]:
    rows = Source.objects.filter(case=case_id)
    return [
        SourceOnRecord(id=row.pk, reported=REPORTERS[row.kind], reliability=RELIABILITIES[row.reliability])
        for row in rows
    ]


@dataclass(frozen=True, kw_only=True)
class SealedConsent:
    given_by: str
    given_on: datetime
    authority: str
    conditions: str
    evidence: str


@dataclass(frozen=True, kw_only=True)
class SealedRecord:
    """What lies sealed about a case, opened. Whoever shows it has put the opening on the log."""

    consents: tuple[SealedConsent, ...]
    sources: tuple[tuple[int, str], ...]  # (number, note)


def sealed_record(case_id: int) -> SealedRecord:
    consents = PublicationConsent.objects.filter(case=case_id).order_by("-given_on")
    return SealedRecord(
        consents=tuple(
            SealedConsent(
                given_by=row.given_by,
                given_on=row.given_on,
                authority=row.authority,
                conditions=row.conditions,
                evidence=row.evidence,
            )
            for row in consents
        ),
        sources=tuple((row.pk, row.note) for row in Source.objects.filter(case=case_id)),
    )


@dataclass(frozen=True, kw_only=True)
class PhotoOnRecord:
    id: int
    alt: Mapping[str, str]
    credit: str
    licence: str
    blurred: tuple[tuple[float, ...], ...]
    width: int  # of a size fit to look at; 0: none
    state: PartState


def photos_on_record(case_id: int, *, reader: Person) -> list[PhotoOnRecord]:
    return [_photo(row, reader) for row in Photo.objects.standing().filter(case=case_id)]


def _photo(row: Photo, reader: Person) -> PhotoOnRecord:
    widths = list(PhotoFile.objects.filter(photo=row).values_list("width", flat=True))
    [state] = part_states(SUBJECT, row.case_id, [part_of_photo(row)], reader=reader)
    return PhotoOnRecord(
        id=row.pk,
        alt=row.alt,
        credit=row.credit,
        licence=row.licence,
        blurred=tuple(tuple(box) for box in row.blurred),
        width=widths[min(1, len(widths) - 1)] if widths else 0,
        state=state,
    )


def case_of_photo(photo_id: int) -> int | None:
    row = Photo.objects.standing().filter(pk=photo_id).first()
    return row.case_id if row else None


def developed(photo_id: int, width: int) -> bytes | None:
    """One size as it would be served; never the original."""
    file = PhotoFile.objects.filter(photo=photo_id, photo__removed_at=None, width=width).first()
    return bytes(file.content) if file else None


def _case(case_id: int) -> Case | None:
    return Case.objects.select_related("defender", "province").filter(pk=case_id).first()


def _unfit(case: Case, words: Mapping[str, str], *, at: datetime) -> tuple[str, ...]:
    scopes = standing_of(case, audience=widest_audience(case.pk, at=at), at=at).scopes
    return tuple(
        f"unfit:{language}:{one.why}:{one.words}"
        for language, text in words.items()
        for one in findings(text, case, scopes)
    )
