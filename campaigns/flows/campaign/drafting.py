"""Drafting: a campaign's facts and words. Only what changed gets a new author, so only that needs approval again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.crypto import get_random_string

from campaigns.events import CampaignEdited
from campaigns.models import Action, Campaign, CampaignText, Target, TargetText
from campaigns.publishing.workspace import TEXT_FIELDS
from campaigns.refusals import WordsAreLocked
from network.flows.recording import record
from network.models import Organisation, Person

COPIED = (*TEXT_FIELDS, "chain")  # of a text
SLUG_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """One demand of one target, titled per language: {language: title}."""

    demand: str
    target_titles: Mapping[str, str]
    zone: str = "UTC"  # of the tz database: whose hours count for members who named no place


@transaction.atomic
def draft_for(case_id: int, host: Organisation, *, by: Person, at: datetime) -> Campaign:
    """A new, empty draft with one petition. Its slug is random: a name in an address would outlive a consent."""
    target = Target.objects.create()
    campaign = Campaign.objects.create(
        slug=get_random_string(8, SLUG_ALPHABET),
        case_id=case_id,
        host=host,
        target=target,
        written_by=by,
        created_at=at,
    )
    Action.objects.create(campaign=campaign, kind="petition", options={})
    record(CampaignEdited(campaign_id=campaign.pk), by=by, at=at)
    return campaign


@transaction.atomic
def duplicate(campaign_id: int, host: Organisation, *, by: Person, at: datetime) -> Campaign:
    """A new draft for the same case with the same facts and words. Nothing of it is approved: its words are a new author's."""
    model = Campaign.objects.get(pk=campaign_id)
    draft = draft_for(model.case_id, host, by=by, at=at)
    titles = {text.language: text.title for text in model.target.texts.all()} if model.target else {}
    words = {text.language: {name: getattr(text, name) for name in COPIED} for text in model.texts.all()}
    facts = Facts(demand=model.demand, target_titles=titles, zone=model.zone)
    return write(draft.pk, facts=facts, texts=words, by=by, at=at)


@transaction.atomic
def write(
    campaign_id: int, *, facts: Facts, texts: Mapping[str, Mapping[str, Any]], by: Person, at: datetime
) -> Campaign:
    """Replace a draft's facts and its words per language ({language: {field: words}}; a language left empty goes).

    Raises WordsAreLocked once it is live: what people signed does not change under them.
    """
    campaign = Campaign.objects.locked(campaign_id)
    if campaign.state not in {Campaign.State.DRAFT, Campaign.State.REVIEW}:
        raise WordsAreLocked
    if campaign.target is not None and _facts_changed(campaign, facts):
        campaign.demand, campaign.zone = facts.demand, facts.zone
        campaign.written_by = by
        campaign.save(update_fields=["demand", "zone", "written_by"])
        for language, title in facts.target_titles.items():
            TargetText.objects.update_or_create(target=campaign.target, language=language, defaults={"title": title})
    for language, words in texts.items():
        _write_text(campaign, language, words, by=by)
    record(CampaignEdited(campaign_id=campaign.pk), by=by, at=at)
    return campaign


def _facts_changed(campaign: Campaign, facts: Facts) -> bool:
    titles = {text.language: text.title for text in campaign.target.texts.all()} if campaign.target else {}
    return (campaign.demand, campaign.zone) != (facts.demand, facts.zone) or titles != dict(facts.target_titles)


def _write_text(campaign: Campaign, language: str, words: Mapping[str, Any], *, by: Person) -> None:
    text = CampaignText.objects.filter(campaign=campaign, language=language).first()
    if not any(words.values()):
        if text is not None:
            text.delete()
        return
    if text is None:
        text = CampaignText(campaign=campaign, language=language)
    elif all(getattr(text, field) == value for field, value in words.items()):
        return
    for field, value in words.items():
        setattr(text, field, value)
    text.written_by = by
    text.save()
