"""Who stands under a joint statement, and from which minute on everybody may read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from campaigns.kinds.contract import kind_named
from campaigns.models import Action, SignOn
from network.models.part import digest_of


@dataclass(frozen=True, kw_only=True)
class Signer:
    name: str
    on: date
    is_late: bool  # after everybody could read it


def hidden_until(action: Action) -> datetime | None:
    """The minute before which nobody outside sees it."""
    kind = kind_named(action.kind)
    return kind.hidden_until(kind.options.read(action.options))


def statement_digest(action: Action) -> str:
    """Of the words in every language: what an organisation signs."""
    return digest_of({part.name: part.digest for part in action.parts() if part.name != "facts"})


def signed(action: Action) -> dict[str, Any]:
    """{"signers": who is named, "unnamed": how many are not}; nothing for what organisations do not sign."""
    if not kind_named(action.kind).by_organisations:
        return {}
    released = hidden_until(action)
    standing = SignOn.objects.standing().filter(action=action).select_related("organisation")
    digest = statement_digest(action) if standing else ""
    rows = [
        row for row in standing if row.digest == digest
    ]  # not under another text: it may be for other people by now
    named = tuple(
        Signer(
            name=row.organisation.name,
            on=row.confirmed_at.date(),
            is_late=released is not None and row.confirmed_at >= released,
        )
        for row in rows
        if not row.is_confidential and row.confirmed_at is not None
    )
    return {"signers": named, "unnamed": len(rows) - len(named)}
