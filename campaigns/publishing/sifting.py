"""Sifting as an organiser sees it: by what participations are set apart, how many that would be, and what was done before.

Round numbers only, and none of few: nobody is to be looked for by their name or their mailbox.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db.models import Count, Sum

from campaigns.kinds.contract import kind_named
from campaigns.models import Action, Message, Participation, Sift


@dataclass(frozen=True, kw_only=True)
class Criteria:
    """Which counted participations; all that is said must hold. Nothing said means nobody."""

    since: str = ""  # ISO time: entered at or after it
    until: str = ""  # ISO time: entered before it
    language: str = ""
    domain: str = ""  # of the mailbox
    name_has: str = ""  # letters within the name
    came_fast: bool = False  # from a connection that entered many

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        return cls(**{field.name: data[field.name] for field in fields(cls) if field.name in data})

    def written(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value}

    def rows(self, action_id: int) -> Any:
        """The participations meant, as a queryset."""
        said = {
            "entered_at__gte": datetime.fromisoformat(self.since) if self.since else None,
            "entered_at__lt": datetime.fromisoformat(self.until) if self.until else None,
            "language": self.language,
            "person__email__iendswith": f"@{self.domain}" if self.domain else "",
            "name__icontains": self.name_has,
            "came_fast": self.came_fast,
        }
        meant = {name: value for name, value in said.items() if value}
        rows = Participation.objects.confirmed().filter(action=action_id)
        return rows.filter(**meant) if meant else rows.none()


@dataclass(frozen=True, kw_only=True)
class Preview:
    about: int  # how many, in full steps of SIFT_STEP: two looks do not tell of the one who came between
    is_small: bool  # fewer than `least`: not told how many, and not done
    least: int


@dataclass(frozen=True, kw_only=True)
class SiftRow:
    id: int
    kind: Any  # what was taken, in words
    criteria: Criteria
    since: datetime | None  # of the criteria, in UTC
    until: datetime | None
    state: str
    found: int
    set_apart: int
    made_by: str
    made_at: datetime


@dataclass(frozen=True, kw_only=True)
class Entries:
    """How many forms of one kind came, and what became of them."""

    action_id: int
    kind: Any  # what is taken, in words
    title: str  # of the action; empty where none may be told
    is_reported: bool
    is_relayed: bool  # a letter that we send for its writer
    handed_over: int | None  # of messages for somebody; None of everything else
    received: int  # forms sent, repeated ones too
    repeated: int  # the same mailbox again, however spelt: held, and counted once
    unconfirmed: int
    counted: int
    taken_back: int
    set_apart: int
    came_fast: int  # among the counted


def preview(action_id: int, criteria: Criteria) -> Preview:
    """Never of few, and of many where somebody's name or mailbox is looked for."""
    number, step = criteria.rows(action_id).count(), settings.SIFT_STEP
    least = settings.SIFT_LEAST_BY_NAME if criteria.name_has or criteria.domain else settings.SIFT_LEAST
    return Preview(about=number // step * step, is_small=number < least, least=least)


def sifts_of(campaign_id: int) -> list[SiftRow]:
    rows = Sift.objects.filter(action__campaign=campaign_id).select_related("action", "made_by")
    return [
        SiftRow(
            id=row.pk,
            kind=kind_named(row.action.kind).label,
            criteria=(criteria := Criteria.read(row.criteria)),
            since=_moment(criteria.since),
            until=_moment(criteria.until),
            state=row.state,
            found=row.found,
            set_apart=row.set_apart,
            made_by=row.made_by.display_name if row.made_by else "",
            made_at=row.made_at,
        )
        for row in rows
    ]


def _moment(iso: str) -> datetime | None:
    return datetime.fromisoformat(iso) if iso else None


def entries_of(campaign_id: int, titles: Mapping[int, str]) -> list[Entries]:
    """Of each action that records anything, in the order in which they are asked. titles: {action id: what may be told}."""
    found = []
    for action in Action.objects.filter(campaign=campaign_id, is_draft=False):
        kind = kind_named(action.kind)
        if not kind.records:
            continue
        rows = Participation.objects.filter(action=action)
        states = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
        repeated = rows.aggregate(n=Sum("repeats"))["n"] or 0
        state = Participation.State
        found.append(
            Entries(
                action_id=action.pk,
                kind=kind.label,
                title=titles.get(action.pk, ""),
                is_reported=kind.is_reported,
                is_relayed=kind.is_relayed,
                handed_over=_handed_over(action) if kind.free_words and not kind.is_relayed else None,
                received=sum(states.values()) + repeated,
                repeated=repeated,
                unconfirmed=sum(states.get(one, 0) for one in (state.PENDING, state.EXPIRED, state.REJECTED)),
                counted=states.get(state.CONFIRMED, 0),
                taken_back=states.get(state.WITHDRAWN, 0),
                set_apart=states.get(state.QUARANTINED, 0),
                came_fast=rows.filter(state=state.CONFIRMED, came_fast=True).count(),
            )
        )
    return found


def _handed_over(action: Action) -> int:
    return Message.objects.filter(participation__action=action).exclude(batch__handed_over_on=None).count()
