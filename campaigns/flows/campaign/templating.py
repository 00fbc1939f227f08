"""Templating: the words and demands of a campaign are kept, and another begins from them, for whomever it is."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from campaigns.events import TemplateDropped, TemplateSaved
from campaigns.flows.campaign import demanding, drafting, including, planning
from campaigns.models import Cadence, Campaign, CampaignTemplate, Case, PublicationConsent
from campaigns.publishing.campaign_text import unfit
from campaigns.publishing.told_of import told_of_today
from campaigns.refusals import SomebodyAskedForSilence, WordsUnfit
from network.flows.recording import record
from network.models import Organisation, Person


@transaction.atomic
def save(campaign_id: int, name: str, *, by: Person, at: datetime) -> CampaignTemplate:
    """As the campaign stands now; what changes in it later changes nothing here. It goes when anybody it may tell of asks for
    silence. Raises WordsUnfit where somebody stands in the words and not in a slot, SomebodyAskedForSilence."""
    campaign = Campaign.objects.locked_with_its_cases(campaign_id)
    told = told_of_today(campaign, at=at)
    cases = [one.case for one in told]
    asked = PublicationConsent.objects.withdrawn_last().filter(case__in=cases)
    if asked.exists() or any(case.withdrawn_at is not None for case in cases):
        raise SomebodyAskedForSilence
    if found := [finding for text in campaign.texts.all() for finding in unfit(text, told)]:
        raise WordsUnfit(found)
    cadence = Cadence.objects.filter(campaign=campaign).first()
    row = CampaignTemplate.objects.create(
        name=name,
        campaign=campaign,
        kept={
            "texts": drafting.texts_of(campaign),
            "demands": [demand.facts() for demand in campaign.demands.all()],
            "zone": campaign.zone,
            "petition": campaign.has_petition,
            "every_days": cadence.every_days if cadence else None,
        },
        saved_by=by,
        saved_at=at,
    )
    row.cases.set(cases)
    record(TemplateSaved(template_id=row.pk, campaign_id=campaign.pk), by=by, at=at)
    return row


@transaction.atomic
def drop(template_id: int, *, by: Person | None, at: datetime) -> None:
    """What was begun from it stays as it is."""
    row = CampaignTemplate.objects.locked(template_id)
    if row is not None:
        record(TemplateDropped(template_id=row.pk, campaign_id=row.campaign_id), by=by, at=at)
        row.delete()


@transaction.atomic
def draft_from(template_id: int, case_id: int, host: Organisation, *, by: Person, at: datetime) -> Campaign:
    """A new draft for somebody with these words and demands. Nothing of it is approved, and nothing of those whom the words were
    written for may stand in it; an empty one where the words are gone."""
    written_for = CampaignTemplate.cases.through.objects.filter(campaigntemplate=template_id).values_list(
        "case", flat=True
    )
    for pk in sorted({case_id, *written_for}):
        Case.objects.locked(pk)  # a withdrawal takes the words with it, and goes first
    draft = drafting.draft_for(case_id, host, by=by, at=at)
    template = CampaignTemplate.objects.locked(template_id)
    if template is None:
        return draft
    kept = template.kept
    including.keep_words_of(draft, template.cases.order_by("pk"), at=at)
    facts = drafting.Facts(demand="", target_titles={}, zone=kept["zone"], petition=kept["petition"])
    drafting.write(draft.pk, facts=facts, texts=kept["texts"], by=by, at=at)
    demanding.put(draft.pk, [demanding.wanted_from(one) for one in kept["demands"]], by=by, at=at)
    if kept["every_days"]:
        planning.set_cadence(draft.pk, kept["every_days"], by=by, at=at)
    return Campaign.objects.get(pk=draft.pk)
