"""Drafting: a campaign's facts and words. Only what changed gets a new author, so only that needs approval again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, ProtectedError
from django.utils.crypto import get_random_string

from campaigns.events import CampaignDropped, CampaignEdited
from campaigns.flows.campaign import demanding, including
from campaigns.models import (
    Action,
    Campaign,
    CampaignCase,
    CampaignText,
    Case,
    Demand,
    PaperSheets,
    Participation,
    Tally,
    Target,
    TargetText,
    Update,
)
from campaigns.publishing.campaign import SUBJECT
from campaigns.publishing.workspace import TEXT_FIELDS
from campaigns.refusals import DraftIsLeanedOn, PetitionIsSigned, WordsAreLocked
from network.flows import editing
from network.flows.recording import record
from network.models import Approval, Organisation, Person

COPIED = (*TEXT_FIELDS, "chain")  # of a text
SLUG_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The first demand, of an office that is titled per language: {language: title}; more are flows.demanding's."""

    demand: str
    target_titles: Mapping[str, str]
    zone: str = "UTC"  # of the tz database: whose hours count for members who named no place
    petition: bool = True  # people sign its letter


@transaction.atomic
def draft_for(case_id: int, host: Organisation, *, by: Person, at: datetime) -> Campaign:
    """A new, empty draft with one petition. Its slug is random: a name in an address would outlive a consent."""
    campaign = Campaign.objects.create(
        slug=get_random_string(8, SLUG_ALPHABET),
        case_id=case_id,
        host=host,
        created_at=at,
    )
    editing.wrote(campaign, by=by, at=at)
    Demand.objects.create(campaign=campaign, target=Target.objects.create())
    Action.objects.create(campaign=campaign, kind="petition", options={})
    record(CampaignEdited(campaign_id=campaign.pk), by=by, at=at)
    return campaign


@transaction.atomic
def begin(case_id: int, host: Organisation, *, by: Person, at: datetime) -> Campaign:
    """A draft to write in: the same person's empty one where there is one, so that pressing twice makes no second."""
    Case.objects.locked(case_id)
    its = {"campaign": OuterRef("pk")}
    something = (
        Demand.objects.filter(**its).exclude(asks=""),
        Action.objects.filter(**its, has_own_words=True),
        CampaignCase.objects.filter(**its),
        Update.objects.filter(**its),
    )
    empty = Campaign.objects.filter(
        case=case_id, state=Campaign.State.DRAFT, written_by=by, begun_from=None, texts=None
    )
    for one in something:
        empty = empty.exclude(Exists(one))
    found = empty.order_by("-pk").first()
    return found or draft_for(case_id, host, by=by, at=at)


@transaction.atomic
def throw_away(campaign_id: int, *, by: Person, at: datetime) -> None:
    """A draft that nobody outside ever saw goes, with all that was written for it. Raises WordsAreLocked once it was launched,
    and DraftIsLeanedOn where an alert was written for it, a template kept from it, or harm put on record."""
    campaign = Campaign.objects.locked(campaign_id)
    if campaign.state not in Campaign.WRITTEN or campaign.launched_at is not None:
        raise WordsAreLocked
    if campaign.templates.exists() or campaign.harms.exists():
        raise DraftIsLeanedOn
    targets = list(campaign.demands.values_list("target", flat=True))
    try:
        with transaction.atomic():
            campaign.delete()
    except ProtectedError:
        raise DraftIsLeanedOn from None
    Target.objects.filter(pk__in=targets).delete()
    record(CampaignDropped(campaign_id=campaign_id), by=by, at=at)


@transaction.atomic
def duplicate(campaign_id: int, host: Organisation, *, by: Person, at: datetime) -> Campaign:
    """A new draft for the same case with the same facts and words. Nothing of it is approved: its words are a new author's."""
    model = Campaign.objects.locked_with_its_cases(campaign_id)  # somebody may be left out this moment
    draft = draft_for(model.case_id, host, by=by, at=at)
    draft.begun_from = model
    draft.save(update_fields=["begun_from"])
    facts = Facts(demand="", target_titles={}, zone=model.zone, petition=model.has_petition)
    write(draft.pk, facts=facts, texts=texts_of(model), by=by, at=at)
    demanding.put(draft.pk, [demanding.wanted_from(one.facts()) for one in model.demands.all()], by=by, at=at)
    _carry_over_authors(model, draft, at=at)
    including.keep_words_of(draft, [row.case for row in model.left], at=at)
    for case in model.cases[1:]:
        including.include(draft.pk, case.pk, by=by, at=at)
    return Campaign.objects.get(pk=draft.pk)


def _carry_over_authors(model: Campaign, draft: Campaign, *, at: datetime) -> None:
    """Beginning again from words that nobody approved makes them nobody else's: else a second press would take their author."""
    standings = Approval.objects.standings(SUBJECT, model.pk, model.parts())
    rows = {f"text:{text.language}": text for text in draft.texts.all()} | {"facts": draft}
    for name, row in rows.items():
        if name in standings and not standings[name].is_approved:
            editing.carry_over(row, standings[name].editors, at=at)


def texts_of(campaign: Campaign) -> dict[str, dict[str, Any]]:
    """{language: {field: words}}, as `write` takes them."""
    return {text.language: {name: getattr(text, name) for name in COPIED} for text in campaign.texts.all()}


@transaction.atomic
def write(
    campaign_id: int, *, facts: Facts, texts: Mapping[str, Mapping[str, Any]], by: Person, at: datetime
) -> Campaign:
    """Replace a draft's facts and its words per language ({language: {field: words}}; a language left empty goes).

    Raises WordsAreLocked once it is live: what people signed does not change under them; PetitionIsSigned where what they signed
    would go.
    """
    campaign = Campaign.objects.locked(campaign_id)
    if campaign.state not in Campaign.WRITTEN:
        raise WordsAreLocked
    first = campaign.demands.select_related("target").first()
    if first is not None and _facts_changed(campaign, first, facts):
        campaign.zone = facts.zone
        campaign.save(update_fields=["zone"])
        editing.wrote(campaign, by=by, at=at)
        first.asks = facts.demand
        first.save(update_fields=["asks"])
        for language, title in facts.target_titles.items():
            TargetText.objects.update_or_create(target=first.target, language=language, defaults={"title": title})
    if _put_petition(campaign, facts.petition):
        editing.wrote(campaign, by=by, at=at)
    for language, words in texts.items():
        write_text(campaign, language, words, by=by, at=at)
    record(CampaignEdited(campaign_id=campaign.pk), by=by, at=at)
    return campaign


def _put_petition(campaign: Campaign, is_wanted: bool) -> bool:
    """Which actions it has is part of what is approved. Returns whether that changed."""
    petitions = campaign.actions.filter(has_own_words=False)
    if is_wanted == petitions.exists():
        return False
    if is_wanted:
        last = campaign.actions.aggregate(last=Max("position"))["last"] or 0
        Action.objects.create(campaign=campaign, kind="petition", options={}, position=last + 1)
    else:
        stood = (Participation.objects, PaperSheets.objects, Tally.objects.filter(nameless__gt=0))
        if any(rows.filter(action__in=petitions).exists() for rows in stood):
            raise PetitionIsSigned
        petitions.delete()
    return True


def _facts_changed(campaign: Campaign, first: Demand, facts: Facts) -> bool:
    titles = {language: first.target.own_title_in(language) for language in facts.target_titles}
    return (first.asks, campaign.zone) != (facts.demand, facts.zone) or titles != dict(facts.target_titles)


def write_text(
    campaign: Campaign, language: str, words: Mapping[str, Any], *, is_later: bool = False, by: Person, at: datetime
) -> None:
    """A campaign's words in one language; empty ones go. Inside the caller's transaction, which has seen that they may change."""
    text = CampaignText.objects.filter(campaign=campaign, language=language).first()
    if not any(words.values()):
        if text is not None:
            text.delete()
        return
    if text is None:
        text = CampaignText(campaign=campaign, language=language, is_later=is_later)
    elif all(getattr(text, field) == value for field, value in words.items()):
        return
    for field, value in words.items():
        setattr(text, field, value)
    text.save()
    editing.wrote(text, by=by, at=at)
