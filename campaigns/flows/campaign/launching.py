"""Launching: a draft goes live when nothing is missing and a second person has approved exactly these words."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from campaigns.events import CampaignLaunched
from campaigns.models import Campaign, PublicationConsent, RiskAssessment
from campaigns.publishing.campaign import NEEDED, SUBJECT, unfit
from campaigns.publishing.slots import slots_in
from campaigns.refusals import CampaignNotReady, UnknownSlot
from network.flows.recording import record
from network.models import Approval, Person

Scope = PublicationConsent.Scope


@transaction.atomic
def launch(campaign_id: int, *, by: Person, at: datetime) -> Campaign:
    """Make a campaign live. Raises CampaignNotReady with every missing item named; a live one stays as it is."""
    campaign = Campaign.objects.locked(campaign_id)
    if campaign.state == Campaign.State.LIVE:
        return campaign
    missing = missing_for_launch(campaign, at=at)
    if missing:
        raise CampaignNotReady(missing)
    campaign.state = Campaign.State.LIVE
    campaign.launched_at = campaign.launched_at or at
    campaign.silenced_at = None
    campaign.save(update_fields=["state", "launched_at", "silenced_at"])
    record(CampaignLaunched(campaign_id=campaign.pk), by=by, at=at)
    return campaign


def missing_for_launch(campaign: Campaign, *, at: datetime) -> list[str]:
    """Codes of what still stands in the way, in the order an organiser would settle them."""
    missing = []
    public = PublicationConsent.objects.for_public().filter(case=campaign.case_id)
    said = public.filter(given_on__lte=at).last_of_each_giver()
    scopes = set.intersection(*(set(consent.scopes) for consent in said)) if said else set()
    if not public.in_force(at).exists() or public.withdrawn_last().exists():
        missing.append("consent")
    elif not (scopes >= NEEDED and scopes & {Scope.NAME, Scope.ALIAS}):
        missing.append("consent-scope")
    risks = RiskAssessment.objects.in_date(at).filter(case=campaign.case_id)
    if not risks.permitting().exists():
        missing.append("risk-assessment")
    if risks.saying_stop().exists():
        missing.append("risk-says-stop")
    if campaign.case.embargo_until is not None and campaign.case.embargo_until > at:
        missing.append("embargo")
    if not campaign.demand:
        missing.append("demand")
    texts = list(campaign.texts.all())
    if campaign.target is None or not campaign.target.title_in(texts[0].language if texts else "en"):
        missing.append("target")
    if not texts:
        missing.append("text")
    if not campaign.actions.exists():
        missing.append("action")
    for text in texts:
        if not all((text.title, text.deck, text.ask, text.letter)):
            missing.append(f"empty:{text.language}")
        if unfit(text, campaign, name_permitted=Scope.NAME in scopes):
            missing.append(f"names-someone:{text.language}")
        try:
            slots_in(f"{text.title}\n{text.context}\n{text.deck}\n{text.ask}\n{text.letter}")
        except UnknownSlot:
            missing.append(f"unknown-slot:{text.language}")
    missing += [f"approval:{part}" for part in Approval.objects.missing(SUBJECT, campaign.pk, campaign.parts())]
    return missing
