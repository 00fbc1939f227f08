"""Describing: who the person is, as far as the record needs it, and what must never be told of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from campaigns.events import CaseEdited
from campaigns.flows.gate import silencing
from campaigns.models import Case, DefenderName, GuardedWord, SpecialCategory
from campaigns.models.gate.facts import case_facts, shown_as
from network.flows import editing
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
    """Replace what is on record of the person. When anything that is shown changed, or something more must never be told,
    everything that shows them is silent until a second person has approved it again: their other cases too."""
    its = Case.objects.filter(defender__cases=case_id).order_by("pk").values_list("pk", flat=True)
    cases = silencing.hold([Case.objects.locked(pk) for pk in its])
    defender = next(one for one in cases if one.pk == case_id).defender
    before = {one.pk: (case_facts(one), shown_as(one)) for one in cases}
    guarded = {(word.kind, word.text) for word in defender.guarded_words.all()}
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
    Case.objects.filter(pk=case_id).update(
        rights=list(description.rights),
        province=description.province or None,
        age_at_event=description.age_at_event,
    )
    for pk, (facts, was) in before.items():
        case = Case.objects.select_related("defender").get(pk=pk)
        if case_facts(case) == facts and set(description.guarded) <= guarded:
            continue
        editing.wrote(case, by=by, at=at)
        record(CaseEdited(case_id=pk), by=by, at=at)
        silencing.narrow(case, was=was, by=by, at=at)
    return Case.objects.get(pk=case_id)
