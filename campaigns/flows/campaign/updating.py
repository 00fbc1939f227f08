"""Updating: news of a campaign, written by one, approved by another, put before readers, taken back by anybody who edits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from campaigns.events import CampaignChanged, UpdateEdited, UpdatePublished, UpdateTakenBack
from campaigns.models import Campaign, Update, UpdateText
from campaigns.publishing import update as published
from campaigns.refusals import UpdateNotReady, WordsAreLocked
from network.flows import approving, editing
from network.flows.recording import record
from network.models import Person
from network.refusals import ContentChanged


@transaction.atomic
def draft(campaign_id: int, *, by: Person, at: datetime) -> Update:
    """Empty, and read by nobody outside."""
    campaign = Campaign.objects.locked(campaign_id)
    update = Update.objects.create(campaign=campaign, created_at=at)
    editing.wrote(update, by=by, at=at)
    record(UpdateEdited(update_id=update.pk, campaign_id=campaign.pk), by=by, at=at)
    return update


@transaction.atomic
def begin(campaign_id: int, *, by: Person, at: datetime) -> Update:
    """A draft to write in: the same person's empty one where there is one, so that pressing twice makes no second."""
    Campaign.objects.locked(campaign_id)
    empty = Update.objects.filter(
        campaign=campaign_id, written_by=by, published_at=None, taken_back_at=None, texts=None
    )
    return empty.order_by("-pk").first() or draft(campaign_id, by=by, at=at)


@transaction.atomic
def write(update_id: int, *, texts: Mapping[str, Mapping[str, str]], by: Person, at: datetime) -> Update:
    """Replace a draft's words per language ({language: {"title": …, "body": …}}; a language left empty goes).

    Raises WordsAreLocked once it was published: what is wrong in it is taken back, and told anew.
    """
    update = Update.objects.locked(update_id)
    if not update.is_draft:
        raise WordsAreLocked
    for language, words in texts.items():
        _write_text(update, language, words, by=by, at=at)
    record(UpdateEdited(update_id=update.pk, campaign_id=update.campaign_id), by=by, at=at)
    return update


def _write_text(update: Update, language: str, words: Mapping[str, str], *, by: Person, at: datetime) -> None:
    text = UpdateText.objects.filter(update=update, language=language).first()
    if not any(words.values()):
        if text is not None:
            text.delete()
        return
    if text is None:
        text = UpdateText(update=update, language=language)
    elif (text.title, text.body) == (words["title"], words["body"]):
        return
    text.title, text.body = words["title"], words["body"]
    text.save()
    editing.wrote(text, by=by, at=at)


@transaction.atomic
def approve(update_id: int, part: str, *, digest: str, by: Person, at: datetime) -> None:
    """A second person says yes to one part as it stood on their screen. Raises ContentChanged, SamePersonApproves."""
    update = Update.objects.locked(update_id)
    found = next((one for one in published.parts_of(update) if one.name == part), None)
    if found is None:
        raise ContentChanged
    approving.require_unchanged(found, digest)
    approving.approve(published.SUBJECT, update_id, found, by=by, at=at)


@transaction.atomic
def publish(update_id: int, *, by: Person, at: datetime) -> Update:
    """Put it on the campaign's page. Raises UpdateNotReady with every missing item named; one that is out stays as it is."""
    Campaign.objects.locked_with_its_cases(Update.objects.values_list("campaign", flat=True).get(pk=update_id))
    update = Update.objects.locked(update_id)
    if not update.is_draft:
        return update
    missing = published.missing_for_publishing(update, at=at)
    if missing:
        raise UpdateNotReady(missing)
    update.published_at = at
    update.save(update_fields=["published_at"])
    record(UpdatePublished(update_id=update.pk, campaign_id=update.campaign_id), by=by, at=at)
    record(CampaignChanged(campaign_id=update.campaign_id), by=by, at=at)
    return update


@transaction.atomic
def take_back(update_id: int, *, by: Person | None, at: datetime) -> Update:
    """It was wrong, or may not be told: one person is enough, and it is off the page with the next request."""
    update = Update.objects.locked(update_id)
    if update.taken_back_at is None:
        was_out = not update.is_draft
        update.taken_back_at = at
        update.save(update_fields=["taken_back_at"])
        record(UpdateTakenBack(update_id=update.pk, campaign_id=update.campaign_id), by=by, at=at)
        if was_out:
            record(CampaignChanged(campaign_id=update.campaign_id), by=by, at=at)
    return update
