"""Documenting: a defender, a case, the consent given and the risk judged, put on record together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from campaigns.events import CaseDocumented, RiskAssessed, SealedRecordRead
from campaigns.flows.gate import consenting, silencing
from campaigns.models import Case, Defender, DefenderName, RiskAssessment
from campaigns.models.gate.facts import shown_as
from campaigns.publishing.case_parts import is_judged_by_two
from network.flows import editing
from network.flows.recording import record
from network.models import Person

PRONOUNS = {
    "she": {"they": "she", "them": "her", "their": "her"},
    "he": {"they": "he", "them": "him", "their": "his"},
    "they": {"they": "they", "them": "them", "their": "their"},
}


@transaction.atomic
def document(
    *,
    names: Mapping[str, str],
    aliases: Mapping[str, str],
    pronouns: str = "",
    country: str = "",
    consent: consenting.Consent,
    risk: str,
    risk_until: datetime,
    answers: Mapping[str, str] | None = None,
    mitigation: str = "",
    by: Person,
    at: datetime,
) -> tuple[Case, str]:
    """Put a case on record; returns it with its consent's withdrawal code, which is never seen again.

    names and aliases: {language: text}; an empty text is no name in that language. pronouns: a key of PRONOUNS, for
    English; empty: the name is repeated. country: ISO 3166-1 of the State concerned.
    """
    known = {"en": PRONOUNS[pronouns]} if pronouns else {}
    defender = Defender.objects.create(pronouns=known, created_at=at)
    for kind, texts in ((DefenderName.Kind.KNOWN_AS, names), (DefenderName.Kind.ALIAS, aliases)):
        for language, text in texts.items():
            if text:
                DefenderName.objects.create(defender=defender, kind=kind, language=language, text=text, is_display=True)
    case = Case.objects.create(defender=defender, country=country, created_at=at)
    editing.wrote(case, by=by, at=at)
    _consent, code = consenting.record_consent(case.pk, consent, by=by, at=at)
    RiskAssessment.objects.create(
        case=case,
        result=risk,
        answers=dict(answers or {}),
        mitigation=mitigation,
        assessed_at=at,
        valid_until=risk_until,
        assessed_by=by,
    )
    record(CaseDocumented(case_id=case.pk), by=by, at=at)
    return case, code


@transaction.atomic
def concern(case_id: int, country: str, *, by: Person, at: datetime) -> Case:
    """Say which State a case concerns (ISO 3166-1). It cannot change once something is cited against it."""
    case = Case.objects.locked(case_id)
    if case.country != country and not case.citations.exists():
        case.country = country
        case.save(update_fields=["country"])
        editing.wrote(case, by=by, at=at)
        record(CaseDocumented(case_id=case.pk), by=by, at=at)
    return case


@transaction.atomic
def assess(
    case_id: int,
    *,
    risk: str,
    valid_until: datetime,
    answers: Mapping[str, str] | None = None,
    mitigation: str = "",
    by: Person,
    at: datetime,
) -> RiskAssessment:
    """A new judgement stands beside the earlier ones; any of them in date that says stop still stops. One that is
    graver than what two have read hides the case until somebody else has read it, and whoever has a copy is told.

    answers: {RiskAssessment.Question: Answer}; mitigation is sealed.
    """
    case = Case.objects.locked(case_id)
    was_read = is_judged_by_two(case, at=at)
    row = RiskAssessment.objects.create(
        case=case,
        result=risk,
        answers=dict(answers or {}),
        mitigation=mitigation,
        assessed_at=at,
        valid_until=valid_until,
        assessed_by=by,
    )
    record(RiskAssessed(case_id=case.pk), by=by, at=at)
    if risk == RiskAssessment.Result.STOP or (was_read and not is_judged_by_two(case, at=at)):
        silencing.narrow(case, was=shown_as(case), by=by, at=at)
    return row


@transaction.atomic
def note_reading(case_id: int, *, by: Person, at: datetime) -> None:
    """Somebody opens what is sealed about a case: the one thing a GET may write."""
    record(SealedRecordRead(case_id=case_id), by=by, at=at)
