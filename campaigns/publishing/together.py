"""Who belongs together, as it may be told: each under the name their own case is shown by, and only while it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from campaigns.models import CaseLink, PublicationConsent
from campaigns.publishing import case as published
from campaigns.publishing.audiences import Audience
from campaigns.publishing.case import PublishedCase
from campaigns.publishing.vocabulary import LINKS

Scope = PublicationConsent.Scope


@dataclass(frozen=True, kw_only=True)
class Companion:
    kind: str
    label: Any  # "Charged together with"
    case: PublishedCase


def companions_of(form: PublishedCase, *, audience: Audience, language: str, at: datetime) -> list[Companion]:
    """The published cases that a second person verified to belong with this one. Family needs the scope of both."""
    rows = list(CaseLink.objects.verified().standing().of(form.id))
    others = [row.other_id if row.case_id == form.id else row.case_id for row in rows]
    shown = published.among(others, audience=audience, language=language, at=at)
    found: dict[int, Companion] = {}  # of two links with one case the first is told
    for row, other in zip(rows, others, strict=True):
        told = shown.get(other)
        if told is None or told.is_archived or other in found:
            continue
        if row.kind == CaseLink.Kind.FAMILY and Scope.FAMILY not in form.scopes & told.scopes:
            continue
        found[other] = Companion(kind=row.kind, label=LINKS[row.kind], case=told)
    return list(found.values())
