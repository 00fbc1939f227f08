"""Approving a campaign, part by part: its demand, the facts of its case, each language, and the judgement of risk."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from campaigns.events import CampaignChanged
from campaigns.flows.gate import publishing
from campaigns.flows.gate.naming import note_approval
from campaigns.models import Campaign
from campaigns.publishing import conduct
from campaigns.publishing.campaign import SUBJECT
from campaigns.publishing.campaign_text import missing_words
from campaigns.publishing.case_parts import SAFETY
from campaigns.publishing.told_of import told_of_today
from campaigns.refusals import LanguageNotReady
from network.flows import approving
from network.flows.recording import record
from network.models import Approval, Person
from network.refusals import ContentChanged


@transaction.atomic
def approve(campaign_id: int, part: str, *, digest: str, by: Person, at: datetime) -> None:
    """A second person says yes to one part as it stood on their screen. The judgement of risk ("safety", and of those beside
    "safety:<case>") is the case's: read once, it counts for everything that leans on it. A language that was added later is read
    from then on. Raises ContentChanged, SamePersonApproves, LanguageNotReady."""
    campaign = Campaign.objects.locked_with_its_cases(campaign_id)
    of = {"": campaign.case, **{str(case.pk): case for case in campaign.cases}}
    kind, _separator, number = part.partition(":")
    case = of.get(number)
    if kind == SAFETY and case is not None:
        publishing.approve(case.pk, SAFETY, digest=digest, by=by, at=at)
        return
    found = next((one for one in (*campaign.parts(), *conduct.parts_of(campaign)) if one.name == part), None)
    if found is None:
        raise ContentChanged
    approving.require_unchanged(found, digest)
    later = campaign.texts.filter(language=number, is_later=True, read_at=None).first()
    if later is not None and (missing := missing_words(later, told_of_today(campaign, at=at))):
        raise LanguageNotReady(missing)
    is_approved = approving.approve(SUBJECT, campaign_id, found, by=by, at=at)
    if later is not None and is_approved and not _unread(campaign, number):
        campaign.texts.filter(pk=later.pk).update(read_at=at)
        record(CampaignChanged(campaign_id=campaign_id), by=by, at=at)
    if kind == "case" and case is not None and is_approved:
        note_approval(case, at=at)


def _unread(campaign: Campaign, language: str) -> list[str]:
    every = (*campaign.parts(), *conduct.parts_of(campaign))
    return Approval.objects.missing(
        SUBJECT, campaign.pk, [one for one in every if one.name in conduct.parts_of_language(language)]
    )
