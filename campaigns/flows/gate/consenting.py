"""Consenting: a giver's yes to named scopes until a day, and the private code that takes it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from campaigns.events import CodeRenewed, ConsentRecorded
from campaigns.flows.gate import silencing
from campaigns.models import Case, PublicationConsent, WithdrawalCode
from campaigns.models.gate.facts import case_facts, shown_as
from campaigns.models.gate.withdrawal_code import hash_of_code, new_code
from campaigns.refusals import CaseIsSilent
from network.flows import editing
from network.flows.recording import record
from network.models import Person


@dataclass(frozen=True, kw_only=True)
class Consent:
    """What was said yes to, by whom, until when."""

    given_by: str  # PublicationConsent.GivenBy
    scopes: Sequence[str]  # PublicationConsent.Scope
    expires_at: datetime
    audience: str = PublicationConsent.ScopeAudience.PUBLIC
    ask_again: Sequence[str] = ()
    capacity: str = PublicationConsent.Capacity.FREE
    channel: str = ""
    language: str = ""
    explained: Sequence[str] = ()  # PublicationConsent.Explained
    conditions: str = ""
    authority: str = ""  # why they may speak for the person
    evidence: str = ""  # where its record lies


@transaction.atomic
def record_consent(case_id: int, consent: Consent, *, by: Person, at: datetime) -> tuple[PublicationConsent, str]:
    """Put a consent on record; returns it with its withdrawal code, which is kept as a hash and never seen again.

    A yes that is narrower than what was said before makes less be shown: the epoch moves and mail in flight stops. A wider
    one shows nothing more until somebody else than who recorded it has approved the facts of the case again.

    Raises CaseIsSilent once the whole case was withdrawn: then it needs a case of its own, and everybody's new yes.
    """
    case = Case.objects.locked(case_id)
    if case.withdrawn_at is not None:
        raise CaseIsSilent
    silencing.note_lapse(case, at=at)
    before, was = case_facts(case)["permitted"], shown_as(case)
    row = PublicationConsent.objects.create(
        case=case,
        scopes=list(consent.scopes),
        given_by=consent.given_by,
        given_on=at,
        expires_at=consent.expires_at,
        audience=consent.audience,
        ask_again=list(consent.ask_again),
        capacity=consent.capacity,
        channel=consent.channel,
        language=consent.language,
        explained=list(consent.explained),
        conditions=consent.conditions,
        authority=consent.authority,
        evidence=consent.evidence,
        recorded_by=by,
    )
    code = new_code()
    WithdrawalCode.objects.create(consent=row, hash=hash_of_code(code), issued_by=by, issued_at=at)
    after = case_facts(case)["permitted"]
    if before != after:  # wider or narrower: it is approved anew, and not by who recorded it
        editing.wrote(case, by=by, at=at)
    if any(set(scopes) - set(after[audience]) for audience, scopes in before.items()):
        silencing.narrow(case, was=was, by=by, at=at)
    record(ConsentRecorded(case_id=case.pk, consent_id=row.pk), by=by, at=at)
    return row, code


@transaction.atomic
def renew_code(consent_id: int, *, by: Person, at: datetime) -> str:
    """A new code for a consent whose paper was lost; the old one stops working."""
    code = new_code()
    WithdrawalCode.objects.update_or_create(
        consent_id=consent_id, defaults={"hash": hash_of_code(code), "issued_by": by, "issued_at": at, "used_at": None}
    )
    consent = PublicationConsent.objects.get(pk=consent_id)
    record(CodeRenewed(case_id=consent.case_id, consent_id=consent_id), by=by, at=at)
    return code
