"""What the workspace sees of an action: as it is being written, approved and asked, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from campaigns.kinds.contract import Kind, kind_named
from campaigns.models import Action, ActionText, Participation
from campaigns.publishing import action as published
from campaigns.publishing import conduct
from campaigns.publishing.signers import hidden_until
from campaigns.publishing.slots import working_title
from campaigns.publishing.told_of import previewed_people
from campaigns.publishing.workspace import PartState, ToBeRead, part_states
from network.languages import current_language
from network.models import Person


@dataclass(frozen=True, kw_only=True)
class DraftAction:
    id: int
    campaign_id: int
    position: int
    kind: Kind
    options: dict[str, Any]
    texts: dict[str, dict[str, str]]  # {language: {name: text}}
    waiting_languages: tuple[str, ...]  # added once it was open, and read by nobody outside
    state: str  # draft, live or closed
    opened_at: datetime | None
    last_day: date | None  # of an urgent action, as it was typed
    number: str
    closed_at: datetime | None
    hidden_until: datetime | None  # of an open joint statement whose minute is still to come
    counted: int
    parts: tuple[PartState, ...]
    to_be_read: tuple[ToBeRead, ...]

    @property
    def is_read(self) -> bool:
        """A second person has approved it, as it stands, in one language at least: else nobody outside sees it, though it was
        opened."""
        unread = {part.name.partition(":")[2] for part in self.parts if not part.approved_by}  # "" for what it is
        return "" not in unread and not unread >= self.texts.keys()

    @property
    def title(self) -> str:
        titles = {language: words.get("title", "") for language, words in self.texts.items()}
        return working_title(titles, current_language())


def drafts_of(campaign_id: int, *, reader: Person) -> list[DraftAction]:
    """Every action of a campaign that has words of its own, in the order in which they are asked."""
    rows = (
        Action.objects.filter(campaign=campaign_id, has_own_words=True)
        .select_related("campaign")
        .prefetch_related("texts__written_by")
    )
    return [_draft(row, reader=reader) for row in rows]


def titles_of(campaign_id: int) -> dict[int, str]:
    """{action id: its title as it was written, in the page's language or another}, for lists in the workspace."""
    rows = ActionText.objects.filter(action__campaign=campaign_id).order_by("pk")
    found: dict[int, dict[str, str]] = {}
    for text in rows:
        found.setdefault(text.action_id, {})[text.language] = text.words.get("title", "")
    return {pk: working_title(titles, current_language()) for pk, titles in found.items()}


def draft_of(action_id: int, *, reader: Person) -> DraftAction | None:
    row = (
        Action.objects.filter(pk=action_id, has_own_words=True)
        .select_related("campaign")
        .prefetch_related("texts__written_by")
        .first()
    )
    return _draft(row, reader=reader) if row else None


def preview(action_id: int, *, at: datetime) -> dict[str, dict[str, str] | None]:
    """{language: {name: its words as readers would see them}}, None where they may not stand; empty when nothing may be shown."""
    row = Action.objects.select_related("campaign__case__defender").prefetch_related("texts").get(pk=action_id)
    told, defender = previewed_people(row.campaign, at=at)
    if defender is None:
        return {}
    languages = sorted(text.language for text in row.texts.all())
    return {language: published.previewed(row, told, defender, language=language) for language in languages}


def _still_to_come(row: Action) -> datetime | None:
    hidden, now = hidden_until(row), timezone.now()
    return hidden if hidden is not None and hidden > now and row.is_open(now) else None


def _draft(row: Action, *, reader: Person) -> DraftAction:
    return DraftAction(
        id=row.pk,
        campaign_id=row.campaign_id,
        position=row.position,
        kind=kind_named(row.kind),
        options=row.options,
        texts={text.language: text.words for text in row.texts.all()},
        waiting_languages=tuple(sorted(text.language for text in row.texts.all() if text.waits)),
        state="draft" if row.is_draft else "live" if row.is_open(timezone.now()) else "closed",
        last_day=published.last_day_of(row),
        number=f"UA {row.number}/{row.year}" if row.number else "",
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        hidden_until=_still_to_come(row),
        counted=Participation.objects.confirmed().filter(action=row).count(),
        parts=part_states(published.SUBJECT, row.pk, published.parts_of(row), reader=reader),
        to_be_read=tuple(
            ToBeRead(language=text.language, words=one.words, clause=conduct.clause_of(one.rule, current_language()))
            for text in row.texts.all()
            for one in published.to_be_read(text)
        ),
    )
