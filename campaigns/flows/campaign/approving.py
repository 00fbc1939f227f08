"""Approving a campaign, part by part: its demand, the facts of its case, each language, and the judgement of risk."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from campaigns.flows.gate import publishing
from campaigns.flows.gate.naming import note_approval
from campaigns.models import Campaign, Case
from campaigns.publishing import conduct
from campaigns.publishing.campaign import SUBJECT
from campaigns.publishing.case_parts import SAFETY
from network.flows import approving
from network.models import Person
from network.refusals import ContentChanged


@transaction.atomic
def approve(campaign_id: int, part: str, *, digest: str, by: Person, at: datetime) -> None:
    """A second person says yes to one part as it stood on their screen. The judgement of risk ("safety") is the case's: read
    once, it counts for everything that leans on it. Raises ContentChanged, SamePersonApproves."""
    case = Case.objects.locked(Campaign.objects.values_list("case", flat=True).get(pk=campaign_id))
    if part == SAFETY:
        publishing.approve(case.pk, SAFETY, digest=digest, by=by, at=at)
        return
    campaign = Campaign.objects.locked(campaign_id)
    found = next((one for one in (*campaign.parts(), *conduct.parts_of(campaign)) if one.name == part), None)
    if found is None:
        raise ContentChanged
    approving.require_unchanged(found, digest)
    approving.approve(SUBJECT, campaign_id, found, by=by, at=at)
    if part == "case":
        note_approval(case, at=at)
