"""Templating: the words and demands of a campaign are kept, and another begins from them, for whomever it is."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from campaigns.events import TemplateDropped, TemplateSaved
from campaigns.flows.campaign import demanding, drafting, planning
from campaigns.models import Cadence, Campaign, CampaignTemplate
from network.flows.recording import record
from network.models import Organisation, Person


@transaction.atomic
def save(campaign_id: int, name: str, *, by: Person, at: datetime) -> CampaignTemplate:
    """As the campaign stands now; what changes in it later changes nothing here."""
    campaign = Campaign.objects.locked(campaign_id)
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
    record(TemplateSaved(template_id=row.pk, campaign_id=campaign.pk), by=by, at=at)
    return row


@transaction.atomic
def drop(template_id: int, *, by: Person, at: datetime) -> None:
    """What was begun from it stays as it is."""
    row = CampaignTemplate.objects.locked(template_id)
    record(TemplateDropped(template_id=row.pk, campaign_id=row.campaign_id), by=by, at=at)
    row.delete()


@transaction.atomic
def draft_from(template_id: int, case_id: int, host: Organisation, *, by: Person, at: datetime) -> Campaign:
    """A new draft for somebody with these words and demands. Nothing of it is approved: all of it is to be read as of them."""
    kept = CampaignTemplate.objects.usable().get(pk=template_id).kept
    draft = drafting.draft_for(case_id, host, by=by, at=at)
    facts = drafting.Facts(demand="", target_titles={}, zone=kept["zone"], petition=kept["petition"])
    drafting.write(draft.pk, facts=facts, texts=kept["texts"], by=by, at=at)
    demanding.put(draft.pk, [demanding.wanted_from(one) for one in kept["demands"]], by=by, at=at)
    if kept["every_days"]:
        planning.set_cadence(draft.pk, kept["every_days"], by=by, at=at)
    return Campaign.objects.get(pk=draft.pk)
