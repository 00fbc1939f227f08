"""What happened, what they ask for, what we had wrong: as consent permits it to be told, each seen by a second person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from campaigns.models import Case, Correction, OwnWords, PublicationConsent, TimelineEvent
from campaigns.publishing.days_told import told_range
from campaigns.publishing.defender import PublishedDefender
from campaigns.publishing.prose import findings
from campaigns.publishing.slots import fill
from campaigns.publishing.status import REPORTERS
from campaigns.publishing.vocabulary import EVENTS, NEEDED_BY_EVENT
from network.languages import direction_of

Scope = PublicationConsent.Scope


@dataclass(frozen=True, kw_only=True)
class PublishedEvent:
    kind: str
    label: Any
    text: str
    language: str
    from_earliest: date
    from_latest: date
    reported: Any
    is_corroborated: bool  # else readers are told that nobody else has confirmed it


@dataclass(frozen=True, kw_only=True)
class PublishedWords:
    """Their own words: the original, and beside it a translation where they agreed to one."""

    original: str
    original_language: str
    translation: str
    translation_language: str
    said_on: date
    reported: Any

    @property
    def direction(self) -> str:
        return direction_of(self.original_language)


@dataclass(frozen=True, kw_only=True)
class PublishedCorrection:
    on: date
    text: str
    language: str


def published_events(
    case: Case, scopes: frozenset[str], defender: PublishedDefender, language: str
) -> tuple[PublishedEvent, ...]:
    """The verified events that these scopes permit, the earliest first. One whose words may not stand is left out."""
    rows = TimelineEvent.objects.verified().standing().filter(case=case).prefetch_related("confirmed_by")
    found = []
    for row in rows:
        needed = NEEDED_BY_EVENT.get(row.kind)
        said = _in_language(row.words, language)
        if (needed and needed not in scopes) or said is None or findings(said[1], case, scopes):
            continue
        first, last = told_range(row, case)
        found.append(
            PublishedEvent(
                kind=row.kind,
                label=EVENTS[row.kind],
                text=fill(said[1], defender, said[0], html=False),
                language=said[0],
                from_earliest=first,
                from_latest=last,
                reported=REPORTERS[row.reporter],
                is_corroborated=row.is_corroborated,
            )
        )
    return tuple(found)


def published_own_words(
    case: Case, scopes: frozenset[str], defender: PublishedDefender, language: str
) -> tuple[PublishedWords, ...]:
    if Scope.QUOTE not in scopes:
        return ()
    found = []
    for row in OwnWords.objects.verified().standing().filter(case=case):
        original = row.words.get(row.language, "")
        if not original or findings(original, case, scopes):
            continue
        other = row.words.get(language, "") if language != row.language and Scope.TRANSLATION in scopes else ""
        if findings(other, case, scopes):
            other = ""
        found.append(
            PublishedWords(
                original=fill(original, defender, row.language, html=False),
                original_language=row.language,
                translation=fill(other, defender, language, html=False),
                translation_language=language,
                said_on=told_range(row, case)[1],
                reported=REPORTERS[row.reporter],
            )
        )
    return tuple(found)


def published_corrections(
    case: Case, scopes: frozenset[str], defender: PublishedDefender, language: str
) -> tuple[PublishedCorrection, ...]:
    """The public log of corrections, the latest first."""
    found = []
    for row in Correction.objects.verified().filter(case=case):
        said = _in_language(row.words, language)
        if said is not None and not findings(said[1], case, scopes):
            text = fill(said[1], defender, said[0], html=False)
            found.append(PublishedCorrection(on=row.recorded_at.date(), text=text, language=said[0]))
    return tuple(found)


def _in_language(words: Mapping[str, str], language: str) -> tuple[str, str] | None:
    """(language, words): the reader's, else English, else any; None when there are none."""
    for code in (language, "en", *words):
        if words.get(code):
            return code, words[code]
    return None
