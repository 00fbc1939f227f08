"""Translating what is out: one language more, which readers see once it is approved. What they read already stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from campaigns.events import ActionEdited, CampaignEdited
from campaigns.flows.campaign import drafting, offering
from campaigns.kinds.contract import kind_named
from campaigns.models import Action, Campaign
from campaigns.publishing import action as published
from campaigns.publishing import conduct
from campaigns.publishing.action import SUBJECT as ACTION
from campaigns.publishing.campaign import SUBJECT as CAMPAIGN
from campaigns.publishing.campaign_text import missing_words, parts_of_language
from campaigns.publishing.told_of import told_of_today
from campaigns.refusals import ActionClosed, SignedInEveryLanguage, WordsAreLocked
from network.flows.recording import record
from network.models import Approval, Person
from network.models.approval import Part


@transaction.atomic
def write_campaign(campaign_id: int, language: str, words: Mapping[str, Any], *, by: Person, at: datetime) -> None:
    """Its words ({field: words}) in a language that readers do not have; nothing but empty ones throw them away. Raises
    WordsAreLocked for a language that was read, and while the campaign is a draft, which is written as a whole."""
    campaign = Campaign.objects.locked(campaign_id)
    text = campaign.texts.filter(language=language).first()
    if campaign.state in (*Campaign.WRITTEN, Campaign.State.ARCHIVED) or (text is not None and not text.is_later):
        raise WordsAreLocked
    _require_unread(CAMPAIGN, campaign_id, [*campaign.parts(), *conduct.parts_of(campaign)], language)
    drafting.write_text(campaign, language, words, is_later=True, by=by, at=at)
    record(CampaignEdited(campaign_id=campaign.pk), by=by, at=at)


@transaction.atomic
def write_action(action_id: int, language: str, words: Mapping[str, str], *, by: Person, at: datetime) -> None:
    """The same for an action that is open. Raises ActionClosed, WordsAreLocked for a language that was read, and
    SignedInEveryLanguage where organisations stand under all of its words."""
    action = Action.objects.locked(action_id)
    if action.is_draft or not action.has_own_words:
        raise WordsAreLocked
    if not action.is_open(at):
        raise ActionClosed
    if kind_named(action.kind).by_organisations:
        raise SignedInEveryLanguage
    _require_unread(ACTION, action_id, published.parts_of(action), language)
    offering.write_text(action, language, dict(words), by=by, at=at)
    record(ActionEdited(action_id=action.pk), by=by, at=at)


def _require_unread(subject: str, subject_id: int, parts: Iterable[Part], language: str) -> None:
    """Readers had these words once all that is approved of them was. Raises WordsAreLocked."""
    its = [part.name for part in parts if part.name in parts_of_language(language)]
    if its and all(Approval.objects.was_enough(subject, subject_id, name) for name in its):
        raise WordsAreLocked


def missing_of_campaign(campaign_id: int, language: str, *, at: datetime) -> list[str]:
    """Codes of what keeps its words in a language from going out, besides approvals."""
    campaign = Campaign.objects.get(pk=campaign_id)
    text = campaign.texts.filter(language=language).first()
    return missing_words(text, told_of_today(campaign, at=at)) if text is not None else []


def missing_of_action(action_id: int, language: str, *, at: datetime) -> list[str]:
    """The same for an action."""
    action = Action.objects.select_related("campaign__case").get(pk=action_id)
    return published.missing_words_in(action, language, told_of_today(action.campaign, at=at))
