"""Describing: who the person is, as far as the record needs it, and what must never be told of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from campaigns.events import CaseEdited
from campaigns.flows.gate import silencing
from campaigns.models import Case, DefenderName, GuardedWord, PublicationConsent, SpecialCategory
from campaigns.models.gate.consent import permitted_scopes
from network.flows.recording import record
from network.models import Person


@dataclass(frozen=True, kw_only=True)
class Name:
    kind: str  # DefenderName.Kind
    language: str
    text: str
    short: str = ""
    is_display: bool = False


@dataclass(frozen=True, kw_only=True)
class Description:
    """All of it at once: what is not in here any more is gone."""

    names: Sequence[Name]
    pronouns: Mapping[str, Mapping[str, str]]  # {language: {"they", "them", "their"}}
    sectors: Sequence[str]
    rights: Sequence[str]
    province: str  # a Province's code; empty: not said
    age_at_event: int | None
    special: Mapping[tuple[str, str], str] = field(default_factory=dict)  # {(category, language): words}
    guarded: Sequence[tuple[str, str]] = ()  # (GuardedWord.Kind, words)


@transaction.atomic
def describe(case_id: int, description: Description, *, by: Person, at: datetime) -> Case:
    """Replace what is on record of the person. The facts need approval again when any of it changed; where less may be
    shown than before (a child, it turns out), it is silent at once."""
    case = Case.objects.locked(case_id)
    before = _permitted(case)
    defender = case.defender
    defender.pronouns = {language: dict(words) for language, words in description.pronouns.items()}
    defender.sectors = list(description.sectors)
    defender.save(update_fields=["pronouns", "sectors"])
    DefenderName.objects.filter(defender=defender).delete()
    for name in description.names:
        DefenderName.objects.create(defender=defender, **vars(name))
    SpecialCategory.objects.filter(defender=defender).delete()
    for (category, language), words in description.special.items():
        SpecialCategory.objects.create(defender=defender, category=category, language=language, words=words)
    GuardedWord.objects.filter(defender=defender).delete()
    for kind, words in description.guarded:
        GuardedWord.objects.create(defender=defender, kind=kind, text=words)
    case.rights = list(description.rights)
    case.province_id = description.province or None
    case.age_at_event = description.age_at_event
    case.written_by = by
    case.save(update_fields=["rights", "province", "age_at_event", "written_by"])
    record(CaseEdited(case_id=case.pk), by=by, at=at)
    if before - _permitted(case):
        silencing.narrow(case, by=by, at=at)
    return case


def _permitted(case: Case) -> frozenset[str]:
    return permitted_scopes(case, PublicationConsent.objects.for_public().filter(case=case).last_of_each_giver())
