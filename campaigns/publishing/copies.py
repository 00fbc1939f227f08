"""What lies elsewhere: copies that others made of what we had shown, whom we asked to remove them, and what they said."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from campaigns.models import Takedown
from campaigns.publishing.workspace import CaseOnRecord, case_on_record

Place = Takedown.Place
PLACES_OF_COPIES: dict[str, Any] = {
    Place.ARCHIVE: _("A web archive"),
    Place.SEARCH: _("A search engine"),
    Place.SOCIAL: _("A social network"),
    Place.PRESS: _("A newspaper or broadcaster"),
    Place.PARTNER: _("A partner organisation"),
    Place.OTHER: _("Somewhere else"),
}


@dataclass(frozen=True, kw_only=True)
class CopyElsewhere:
    id: int
    place: Any  # in words
    copy: str
    outcome: str  # a Takedown.Outcome
    asked_at: datetime
    asked_by: str
    answered_at: datetime | None
    is_late: bool  # they have not answered for so long that they are to be asked again


@dataclass(frozen=True, kw_only=True)
class CopiesCounted:
    """How many copies elsewhere are known, and what came of asking: what a family is told, without an address."""

    asked: int
    removed: int
    refused: int

    @property
    def known(self) -> int:
        return self.asked + self.removed + self.refused


def copies_elsewhere(case_id: int, *, at: datetime) -> tuple[CopyElsewhere, ...]:
    late = at - timedelta(days=settings.TAKEDOWN_REMINDER_DAYS)
    return tuple(
        CopyElsewhere(
            id=row.pk,
            place=PLACES_OF_COPIES[row.place],
            copy=row.copy,
            outcome=row.outcome,
            asked_at=row.asked_at,
            asked_by=row.asked_by.display_name if row.asked_by else "—",
            answered_at=row.answered_at,
            is_late=row.outcome == Takedown.Outcome.ASKED and row.asked_at <= late,
        )
        for row in Takedown.objects.of_case(case_id).select_related("asked_by")
    )


def copies_counted(case_id: int) -> CopiesCounted:
    said = Counter(Takedown.objects.of_case(case_id).values_list("outcome", flat=True))
    return CopiesCounted(asked=said["asked"], removed=said["removed"], refused=said["refused"])


def to_ask_again(*, at: datetime) -> list[tuple[CaseOnRecord, datetime]]:
    """(case, asked when) where somebody has not answered for TAKEDOWN_REMINDER_DAYS; each case once, the longest first."""
    waiting: dict[int, datetime] = {}
    for case_id, asked_at in Takedown.objects.to_ask_again(at).values_list("case", "asked_at"):
        waiting.setdefault(case_id, asked_at)
    found = ((case_on_record(case_id, at=at), asked_at) for case_id, asked_at in waiting.items())
    return [(case, asked_at) for case, asked_at in found if case is not None]
