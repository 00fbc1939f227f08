"""Documenting: a defender, a case, the consent given and the risk judged, put on record together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from campaigns.events import CaseDocumented, RiskAssessed
from campaigns.models import Case, Defender, DefenderName, PublicationConsent, RiskAssessment
from network.flows.recording import record
from network.models import Person


@dataclass(frozen=True, kw_only=True)
class Consent:
    """What was said yes to, by whom, until when."""

    given_by: str  # PublicationConsent.GivenBy
    scopes: Sequence[str]  # PublicationConsent.Scope
    expires_at: datetime


@transaction.atomic
def document(
    *,
    names: Mapping[str, str],
    aliases: Mapping[str, str],
    consent: Consent,
    risk: str,
    risk_until: datetime,
    by: Person,
    at: datetime,
) -> Case:
    """Put a case on record. names and aliases: {language: text}; an empty text is no name in that language."""
    defender = Defender.objects.create(created_at=at)
    for kind, texts in ((DefenderName.Kind.KNOWN_AS, names), (DefenderName.Kind.ALIAS, aliases)):
        for language, text in texts.items():
            if text:
                DefenderName.objects.create(defender=defender, kind=kind, language=language, text=text, is_display=True)
    case = Case.objects.create(defender=defender, created_at=at, verified_on=at.date())
    PublicationConsent.objects.create(
        case=case,
        scopes=list(consent.scopes),
        given_by=consent.given_by,
        given_on=at,
        expires_at=consent.expires_at,
        recorded_by=by,
    )
    RiskAssessment.objects.create(case=case, result=risk, assessed_at=at, valid_until=risk_until, assessed_by=by)
    record(CaseDocumented(case_id=case.pk), by=by, at=at)
    return case


@transaction.atomic
def assess(case: Case, *, risk: str, valid_until: datetime, by: Person, at: datetime) -> RiskAssessment:
    """A new judgement stands beside the earlier ones; any of them in date that says stop still stops."""
    row = RiskAssessment.objects.create(case=case, result=risk, assessed_at=at, valid_until=valid_until, assessed_by=by)
    record(RiskAssessed(case_id=case.pk), by=by, at=at)
    return row
