"""Translating what is out: one language more, which readers see once it is approved. What they read already stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from campaigns.events import ActionEdited, CampaignEdited
from campaigns.flows.campaign import drafting, offering
from campaigns.kinds.contract import kind_named
from campaigns.models import Action, ActionText, Campaign, CampaignText
from campaigns.publishing import action as published
from campaigns.publishing.campaign_text import missing_words
from campaigns.publishing.told_of import told_of_today
from campaigns.refusals import ActionClosed, SignedInEveryLanguage, WordsAreLocked
from network.flows.recording import record
from network.models import Person


def require_campaign_open(campaign: Campaign, language: str) -> None:
    """It may be written in this language now. Raises ActionClosed for one that is over; WordsAreLocked for a language that is
    read, or was, and for a draft, which is written as a whole."""
    if campaign.closed_at is not None:
        raise ActionClosed
    if campaign.state in Campaign.WRITTEN:
        raise WordsAreLocked
    _require_waits(campaign.texts.filter(language=language).first())


def require_action_open(action: Action, language: str, *, at: datetime) -> None:
    """The same for an action. Raises SignedInEveryLanguage where organisations stand under all of its words, too."""
    if action.is_draft or not action.has_own_words:
        raise WordsAreLocked
    if not action.is_open(at):
        raise ActionClosed
    if kind_named(action.kind).by_organisations:
        raise SignedInEveryLanguage
    _require_waits(action.texts.filter(language=language).first())


def _require_waits(text: CampaignText | ActionText | None) -> None:
    if text is not None and not text.waits:
        raise WordsAreLocked


@transaction.atomic
def write_campaign(campaign_id: int, language: str, words: Mapping[str, Any], *, by: Person, at: datetime) -> None:
    """Its words ({field: words}) in a language that readers do not have; nothing but empty ones throw them away. Raises as
    `require_campaign_open` does."""
    campaign = Campaign.objects.locked(campaign_id)
    require_campaign_open(campaign, language)
    drafting.write_text(campaign, language, words, is_later=True, by=by, at=at)
    record(CampaignEdited(campaign_id=campaign.pk), by=by, at=at)


@transaction.atomic
def write_action(action_id: int, language: str, words: Mapping[str, str], *, by: Person, at: datetime) -> None:
    """The same for an action that is open. Raises as `require_action_open` does."""
    action = Action.objects.locked(action_id)
    require_action_open(action, language, at=at)
    offering.write_text(action, language, dict(words), is_later=True, by=by, at=at)
    record(ActionEdited(action_id=action.pk), by=by, at=at)


def missing_of_campaign(campaign: Campaign, language: str, *, at: datetime) -> list[str]:
    """Codes of what keeps its words in a language from going out, besides approvals."""
    text = campaign.texts.filter(language=language).first()
    return missing_words(text, told_of_today(campaign, at=at)) if text is not None else []


def missing_of_action(action: Action, language: str, *, at: datetime) -> list[str]:
    """The same for an action."""
    return published.missing_words_in(action, language, told_of_today(action.campaign, at=at))
