"""Updates: news of a campaign as its readers may see it, and as it is being written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe

from campaigns.models import Campaign, Update, UpdateText
from campaigns.publishing import conduct
from campaigns.publishing.campaign import PublishedCampaign
from campaigns.publishing.defender import PublishedDefender
from campaigns.publishing.markdown import to_html
from campaigns.publishing.permitting import permits
from campaigns.publishing.slots import fill, slots_of, unknown_slots, working_title
from campaigns.publishing.told_of import ToldOf, previewed_people, told_of_ids, told_of_today, unfit_words
from campaigns.publishing.workspace import PartState, ToBeRead, part_states
from network.languages import current_language
from network.models import Approval, Person
from network.models.part import Part

SUBJECT = "update"


@dataclass(frozen=True, kw_only=True)
class PublishedUpdate:
    public_id: UUID
    published_at: datetime
    language: str  # of the words; the reader's where there is a text in it
    title: str
    html: SafeString


@dataclass(frozen=True, kw_only=True)
class DraftUpdate:
    id: int
    campaign_id: int
    state: str  # draft, live or taken_back
    published_at: datetime | None
    texts: dict[str, dict[str, str]]  # {language: {"title": …, "body": …}}
    shown: dict[str, PublishedUpdate | None]  # as readers would see it; None where the words may not stand
    parts: tuple[PartState, ...]
    to_be_read: tuple[ToBeRead, ...]

    @property
    def is_read(self) -> bool:
        """As of an action: else nobody outside sees it, though it was published."""
        return all(part.approved_by for part in self.parts)

    @property
    def title(self) -> str:
        titles = {language: words.get("title", "") for language, words in self.texts.items()}
        return working_title(titles, current_language())


def updates_of(form: PublishedCampaign, *, language: str) -> tuple[PublishedUpdate, ...]:
    return updates_of_each([form], language=language)[form.id]


def updates_of_each(forms: Collection[PublishedCampaign], *, language: str) -> dict[int, tuple[PublishedUpdate, ...]]:
    """{campaign id: its news, the latest first}, each in the language asked for or the nearest that is approved and may stand."""
    by_id = {form.id: form for form in forms}
    found: dict[int, list[PublishedUpdate]] = {pk: [] for pk in by_id}
    rows = list(Update.objects.published().filter(campaign__in=by_id).prefetch_related("texts").latest_first())
    if not rows:
        return dict.fromkeys(by_id, ())
    campaigns = _with_people(Campaign.objects).in_bulk({row.campaign_id for row in rows})
    told = {pk: told_of_ids(by_id[pk].told_of, by_id[pk].left) for pk in campaigns}
    for row in rows:
        row.campaign = campaigns[row.campaign_id]  # one of it for all of its news
    unread = Approval.objects.missing_of_each(SUBJECT, {row.pk: parts_of(row) for row in rows})
    for row in rows:
        if "facts" in unread[row.pk]:
            continue
        one = _told(row, told[row.campaign_id], by_id[row.campaign_id].defender, language, unread[row.pk])
        if one is not None:
            found[row.campaign_id].append(one)
    return {pk: tuple(told) for pk, told in found.items()}


def gone(limit: int) -> list[tuple[UUID, datetime]]:
    """(public id, since when) of news somebody may have a copy of that is told no more, the latest first: for a feed. Taken back;
    of a campaign that is silent; or to be read again, since somebody whom its campaign was for left."""
    taken = Update.objects.exclude(published_at=None).exclude(taken_back_at=None).order_by("-taken_back_at")[:limit]
    silent = Update.objects.published().exclude(campaign__silenced_at=None).select_related("campaign")
    moments = [(row.public_id, row.taken_back_at) for row in taken]
    moments += [(row.public_id, row.campaign.silenced_at) for row in silent.order_by("-campaign__silenced_at")[:limit]]
    moments += _to_be_read_again(limit)
    known = [(public_id, moment) for public_id, moment in moments if moment is not None]
    return sorted(known, key=lambda one: one[1], reverse=True)[:limit]


def _to_be_read_again(limit: int) -> list[tuple[UUID, datetime | None]]:
    rewritten = Update.objects.published().filter(campaign__silenced_at=None).exclude(campaign__rewritten_at=None)
    rows = list(_with_words(rewritten).order_by("-campaign__rewritten_at", "-pk")[:limit])
    unread = Approval.objects.missing_of_each(SUBJECT, {row.pk: row.parts() for row in rows}) if rows else {}
    return [(row.public_id, row.campaign.rewritten_at) for row in rows if unread[row.pk]]


def parts_of(row: Update) -> list[Part]:
    """What is approved, part by part, and what stands out in the words."""
    parts = row.parts()
    for text in sorted(row.texts.all(), key=lambda one: one.language):
        if read := conduct.breaches(_joined(text)):
            content = {"words": text.words(), "read": [[one.rule, one.words] for one in read]}
            parts.append(Part.written_in(text, f"conduct:{text.language}", content))
    return parts


def missing_for_publishing(row: Update, *, at: datetime) -> list[str]:
    """Codes of what still stands in the way, in the order an organiser would settle them."""
    campaign = row.campaign
    found = [] if permits(campaign.pk, at=at) else ["update-campaign-silent"]
    told = told_of_today(campaign, at=at)
    texts = sorted(row.texts.all(), key=lambda one: one.language)
    if not texts:
        found.append("text")
    for text in texts:
        if not (text.title and text.body):
            found.append(f"empty:{text.language}")
        found += [f"unfit:{text.language}:{one.why}:{one.words}" for one in unfit_words(_joined(text), told)]
        found += [f"unknown-slot:{text.language}:{one}" for one in unknown_slots(_joined(text), allowed=slots_of())]
    return [*found, *(f"approval:{part}" for part in Approval.objects.missing(SUBJECT, row.pk, parts_of(row)))]


def drafts_of(campaign_id: int, *, reader: Person, at: datetime) -> list[DraftUpdate]:
    """All of a campaign's, the newest first, for the workspace."""
    rows = _with_words(Update.objects.filter(campaign=campaign_id)).order_by("-pk")
    return [_draft(row, reader=reader, at=at) for row in rows]


def draft_of(update_id: int, *, reader: Person, at: datetime) -> DraftUpdate | None:
    row = _with_words(Update.objects.filter(pk=update_id)).first()
    return _draft(row, reader=reader, at=at) if row else None


def words_of(update_id: int, *, campaign_id: int) -> dict[str, dict[str, str]]:
    """{language: {"title": …, "body": …}} of what is published, with its slots: for an alert that begins from it."""
    row = _with_words(Update.objects.published().filter(pk=update_id, campaign=campaign_id)).first()
    return _texts(row) if row else {}


def _with_people(rows):  # type: ignore[no-untyped-def]  # a queryset or manager of campaigns
    return rows.select_related("case__defender", "case__province").prefetch_related(
        "beside__case__defender", "beside__case__province"
    )


def _with_words(rows):  # type: ignore[no-untyped-def]  # a queryset with its prefetches
    return rows.select_related("campaign__case__defender", "campaign__case__province").prefetch_related(
        "texts", "campaign__case__defender__names", "campaign__case__defender__guarded_words"
    )


def _told(
    row: Update, told: Sequence[ToldOf], defender: PublishedDefender, language: str, unread: Collection[str]
) -> PublishedUpdate | None:
    texts = {
        text.language: text
        for text in row.texts.all()
        if not conduct.parts_of_language(text.language) & set(unread) and not unfit_words(_joined(text), told)
    }
    text = texts.get(language) or texts.get("en") or next(iter(texts.values()), None)
    return _filled(row, text, defender) if text else None


def _filled(row: Update, text: UpdateText, defender: PublishedDefender) -> PublishedUpdate:
    return PublishedUpdate(
        public_id=row.public_id,
        published_at=row.published_at or row.created_at,
        language=text.language,
        title=fill(text.title, defender, text.language, html=False),
        html=mark_safe(fill(to_html(text.body), defender, text.language, html=True)),
    )


def _draft(row: Update, *, reader: Person, at: datetime) -> DraftUpdate:
    campaign = row.campaign
    told, defender = previewed_people(campaign, at=at)
    texts = sorted(row.texts.all(), key=lambda one: one.language)
    return DraftUpdate(
        id=row.pk,
        campaign_id=campaign.pk,
        state="draft" if row.is_draft else "live" if row.taken_back_at is None else "taken_back",
        published_at=row.published_at,
        texts=_texts(row),
        shown={}
        if defender is None
        else {
            text.language: None if unfit_words(_joined(text), told) else _filled(row, text, defender) for text in texts
        },
        parts=part_states(SUBJECT, row.pk, parts_of(row), reader=reader),
        to_be_read=tuple(
            ToBeRead(language=text.language, words=one.words, clause=conduct.clause_of(one.rule, current_language()))
            for text in texts
            for one in conduct.breaches(_joined(text))
        ),
    )


def _texts(row: Update) -> dict[str, dict[str, str]]:
    return {text.language: {"title": text.title, "body": text.body} for text in row.texts.all()}


def _joined(text: UpdateText) -> str:
    return f"{text.title}\n{text.body}"
