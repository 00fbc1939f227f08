"""Launching: a draft goes live when nothing is missing and a second person has approved exactly these words."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from campaigns.events import CampaignLaunched
from campaigns.models import Campaign, Case, PublicationConsent, RiskAssessment
from campaigns.publishing import conduct
from campaigns.publishing.audiences import Audience
from campaigns.publishing.campaign import AFTER_DEATH, NEEDED, missing_approvals, unfit
from campaigns.publishing.case_parts import SAFETY
from campaigns.publishing.slots import slots_in
from campaigns.publishing.standing import lacks_only_the_tick_for_a_child, standing_of
from campaigns.refusals import CampaignNotReady, UnknownSlot
from network.flows.recording import record
from network.models import Person


@transaction.atomic
def launch(campaign_id: int, *, by: Person, at: datetime) -> Campaign:
    """Make a campaign live, or show again one that was closed and then taken off. Raises CampaignNotReady with every missing
    item named; one that is shown stays as it is."""
    Case.objects.locked(Campaign.objects.values_list("case", flat=True).get(pk=campaign_id))  # a withdrawal goes first
    campaign = Campaign.objects.locked(campaign_id)
    if campaign.state in Campaign.SHOWN:
        return campaign
    missing = missing_for_launch(campaign, at=at)
    if missing:
        raise CampaignNotReady(missing)
    campaign.state = Campaign.State.CLOSED if campaign.closed_at else Campaign.State.LIVE
    campaign.launched_at = campaign.launched_at or at
    campaign.silenced_at = None
    campaign.save(update_fields=["state", "launched_at", "silenced_at"])
    record(CampaignLaunched(campaign_id=campaign.pk), by=by, at=at)
    return campaign


def missing_for_launch(campaign: Campaign, *, at: datetime) -> list[str]:
    """Codes of what still stands in the way, in the order an organiser would settle them."""
    missing = []
    public = PublicationConsent.objects.for_public().filter(case=campaign.case_id)
    standing = standing_of(campaign.case, audience=Audience.PUBLIC, at=at)
    if public.withdrawn_last().exists():
        missing.append("consent-taken-back")
    elif not public.in_force(at).exists():
        missing.append("consent")
    elif not (standing.scopes >= NEEDED and standing.names_somebody):
        is_for_a_child = lacks_only_the_tick_for_a_child(campaign.case, Audience.PUBLIC, at=at)
        missing.append("consent-for-a-child" if is_for_a_child else "consent-scope")
    if not standing.remembrance_permitted:
        missing.append("consent-to-remember")
    risks = RiskAssessment.objects.in_date(at).filter(case=campaign.case_id)
    if not risks.permitting().exists():
        missing.append("risk-assessment")
    if risks.saying_stop().exists():
        missing.append("risk-says-stop")
    if campaign.case.embargo_until is not None and campaign.case.embargo_until > at:
        missing.append("embargo")
    if not campaign.demand:
        missing.append("demand")
    elif standing.is_memorial and campaign.demand not in AFTER_DEATH:
        missing.append("demand-moot")
    if campaign.harms.unreviewed().exists():
        missing.append("harm-unreviewed")
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
        missing += [
            f"unfit:{text.language}:{one.why}:{one.words}" for one in unfit(text, campaign.case, standing.scopes)
        ]
        missing += [f"conduct:{text.language}:{one.rule}:{one.words}" for one in conduct.asked_for(text)]
        try:
            slots_in(f"{text.title}\n{text.context}\n{text.deck}\n{text.ask}\n{text.letter}")
        except UnknownSlot:
            missing.append(f"unknown-slot:{text.language}")
    unread = missing_approvals(campaign, at=at)
    if "risk-assessment" in missing and SAFETY in unread:
        unread.remove(SAFETY)  # there is nothing to read yet
    missing += [f"approval:{part}" for part in unread]
    return missing
