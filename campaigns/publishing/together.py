"""Who belongs together, as it may be told: each under the name their own case is shown by, and only while it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

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
    found = []
    ids: set[UUID] = set()
    for row in CaseLink.objects.verified().standing().of(form.id).select_related("case", "other"):
        other = row.other if row.case_id == form.id else row.case
        told = published.find(other.public_id, audience=audience, language=language, at=at)
        if told is None or told.is_archived or told.public_id in ids:
            continue
        if row.kind == CaseLink.Kind.FAMILY and Scope.FAMILY not in form.scopes & told.scopes:
            continue
        ids.add(told.public_id)
        found.append(Companion(kind=row.kind, label=LINKS[row.kind], case=told))
    return found
