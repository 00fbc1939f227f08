"""Telling: the words of a case, what happened and when, what the person asks for, and what we had wrong.

Words are approved by digest; each happening, quotation and correction stands once a second person has looked at it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from campaigns.events import CaseEdited, ClaimRecorded, ClaimTakenBack, ClaimVerified, SourceRecorded
from campaigns.flows.gate import announcing, silencing
from campaigns.flows.gate.guarding import require_fit
from campaigns.models import Case, CaseText, Correction, OwnWords, Source, TimelineEvent
from campaigns.models.gate.facts import shown_as
from campaigns.publishing.record import CLAIMS
from network.flows import editing
from network.flows.recording import record
from network.models import Person
from network.refusals import SamePersonApproves


@dataclass(frozen=True, kw_only=True)
class Report:
    """How something is known: when it was (a range of days), who reports it, how sure, and who else says so."""

    from_earliest: date
    from_latest: date
    reporter: str
    source_reliability: str
    item_reliability: str
    confirmed_by: Sequence[int] = ()  # ids of Sources of the same case


@transaction.atomic
def write(case_id: int, texts: Mapping[str, Mapping[str, str]], *, by: Person, at: datetime) -> Case:
    """Replace a case's words, {language: {"who", "summary", "story"}}; a language left empty goes. Only what changed gets
    a new author, and so needs a second person again."""
    case = Case.objects.locked(case_id)
    for language, words in texts.items():
        _write_text(case, language, words, by=by, at=at)
    record(CaseEdited(case_id=case.pk), by=by, at=at)
    announcing.tell_of_change(case.pk, by=by, at=at)
    return case


def _write_text(case: Case, language: str, words: Mapping[str, str], *, by: Person, at: datetime) -> None:
    text = CaseText.objects.filter(case=case, language=language).first()
    if not any(words.values()):
        if text is not None:
            text.delete()
        return
    if text is None:
        text = CaseText(case=case, language=language)
    elif all(getattr(text, field) == value for field, value in words.items()):
        return
    for field, value in words.items():
        setattr(text, field, value)
    text.save()
    editing.wrote(text, by=by, at=at)


@transaction.atomic
def record_source(case_id: int, *, kind: str, reliability: str, note: str, by: Person, at: datetime) -> Source:
    """Somebody or something that reports on the case; the note is sealed."""
    case = Case.objects.locked(case_id)
    row = Source.objects.create(
        case=case, kind=kind, reliability=reliability, note=note, recorded_by=by, recorded_at=at
    )
    record(SourceRecorded(case_id=case.pk, source_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def record_event(
    case_id: int, *, kind: str, words: Mapping[str, str], report: Report, by: Person, at: datetime
) -> TimelineEvent:
    return _recorded(TimelineEvent, case_id, {"kind": kind, "words": dict(words)}, report, by=by, at=at)


@transaction.atomic
def record_own_words(
    case_id: int, *, language: str, words: Mapping[str, str], report: Report, by: Person, at: datetime
) -> OwnWords:
    """words: {language: text}; under `language` stands the original, beside it translations."""
    return _recorded(OwnWords, case_id, {"language": language, "words": dict(words)}, report, by=by, at=at)


def _recorded(model: Any, case_id: int, said: Mapping[str, Any], report: Report, *, by: Person, at: datetime) -> Any:
    case = Case.objects.locked(case_id)
    known = {name: value for name, value in vars(report).items() if name != "confirmed_by"}
    row = model.objects.create(case=case, recorded_by=by, recorded_at=at, **said, **known)
    row.confirmed_by.set(Source.objects.filter(case=case, pk__in=report.confirmed_by))
    record(ClaimRecorded(case_id=case.pk, kind=model.__name__, claim_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def record_correction(case_id: int, *, words: Mapping[str, str], by: Person, at: datetime) -> Correction:
    """A line for the public log: what we had wrong, {language: words}."""
    case = Case.objects.locked(case_id)
    row = Correction.objects.create(case=case, words=dict(words), recorded_by=by, recorded_at=at)
    record(ClaimRecorded(case_id=case.pk, kind=Correction.__name__, claim_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def verify(claim: str, claim_id: int, *, by: Person, at: datetime) -> Any:
    """A second person looked at it: it is told from now on, where consent covers it. Raises SamePersonApproves, and WordsUnfit
    where the guard would hide it from every reader."""
    model = CLAIMS[claim]
    row = model.objects.locked(claim_id)
    if row.recorded_by_id == by.pk:
        raise SamePersonApproves
    if row.verified_at is None:
        require_fit("\n".join(row.words.values()), row.case_id, at=at)
        row.verified_by, row.verified_at = by, at
        row.save(update_fields=["verified_by", "verified_at"])
        record(ClaimVerified(case_id=row.case_id, kind=model.__name__, claim_id=row.pk), by=by, at=at)
        if claim == "event" and row.kind in {TimelineEvent.Kind.DEATH, TimelineEvent.Kind.EXECUTION}:
            case = Case.objects.locked(row.case_id)
            silencing.narrow(case, was=shown_as(case), by=by, at=at)
        announcing.tell_of_change(row.case_id, by=by, at=at)
    return row


@transaction.atomic
def take_back(claim: str, claim_id: int, *, by: Person | None, at: datetime) -> None:
    """It is told no more. One person is enough to say less; a line of the log of corrections stays."""
    if claim == "correction":
        raise ValueError("the log of corrections is not corrected")
    model = CLAIMS[claim]
    row = model.objects.locked(claim_id)
    if row.superseded_at is None:
        row.superseded_at = at
        row.save(update_fields=["superseded_at"])
        record(ClaimTakenBack(case_id=row.case_id, kind=model.__name__, claim_id=row.pk), by=by, at=at)
        announcing.tell_of_change(row.case_id, by=by, at=at)
