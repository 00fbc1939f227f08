"""Citing: an article in a case. As a breach only where it bound that State on that day; else as a standard."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from campaigns.events import ArticleCited, CitationTakenBack
from campaigns.models import Article, Case, Citation
from campaigns.publishing.law import binding_instead, judged
from campaigns.refusals import CountryMissing, NotBinding
from network.flows import editing
from network.flows.recording import record
from network.models import Person


@transaction.atomic
def cite(case_id: int, article: Article, *, occurred_on: date, is_breach: bool, by: Person, at: datetime) -> Citation:
    """Put a citation on record. Raises CountryMissing, and NotBinding with what does bind instead."""
    case = Case.objects.locked(case_id)
    if is_breach and occurred_on > at.date():
        raise NotBinding  # nothing has been breached that has not happened
    if is_breach:
        if not case.country:
            raise CountryMissing
        if not judged(article, country=case.country, on=occurred_on).is_binding:
            raise NotBinding(binding_instead(article, country=case.country, on=occurred_on))
    editing.wrote(case, by=by, at=at)
    row, _ = Citation.objects.update_or_create(
        case=case,
        article=article,
        occurred_on=occurred_on,
        defaults={"is_breach": is_breach, "recorded_by": by, "recorded_at": at},
    )
    record(ArticleCited(case_id=case.pk, citation_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def take_back(citation_id: int, *, by: Person, at: datetime) -> None:
    row = Citation.objects.filter(pk=citation_id).first()
    if row is not None:
        case = Case.objects.locked(row.case_id)
        editing.wrote(case, by=by, at=at)
        row.delete()
        record(CitationTakenBack(case_id=row.case_id), by=by, at=at)
