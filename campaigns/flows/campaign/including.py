"""Including: whom a campaign is for. One more is added while it is written; one is left out at any time, and then everything is
read again without them before anybody sees it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from campaigns.events import CampaignEdited
from campaigns.flows.gate import pausing
from campaigns.models import Campaign, CampaignCase, Case
from campaigns.refusals import CaseIsTheOnlyOne, TooManyCases, WordsAreLocked
from network.flows.recording import record
from network.models import Person


@transaction.atomic
def include(campaign_id: int, case_id: int, *, by: Person, at: datetime) -> Campaign:
    """It is for them too; whom it is for already stays as it is. Raises WordsAreLocked once it is live, TooManyCases past
    CAMPAIGN_CASES_MOST."""
    Case.objects.locked(case_id)
    campaign = Campaign.objects.locked_with_its_cases(campaign_id)
    if campaign.state not in Campaign.WRITTEN:
        raise WordsAreLocked
    if case_id in {case.pk for case in campaign.cases}:
        return campaign
    if len(campaign.cases) >= settings.CAMPAIGN_CASES_MOST:
        raise TooManyCases
    before = campaign.epoch
    last = max((row.position for row in campaign.beside.all()), default=1)
    CampaignCase.objects.create(campaign=campaign, case_id=case_id, position=last + 1)
    return _counted_anew(campaign, before, by=by, at=at)


@transaction.atomic
def leave_out(campaign_id: int, case_id: int, *, by: Person, at: datetime) -> Campaign:
    """It is not for them any more. One person is enough: it is off every page at once, and can be rewritten; it comes back with
    new approvals. Where it led with them, it leads with the next. Raises CaseIsTheOnlyOne."""
    campaign = Campaign.objects.locked_with_its_cases(campaign_id)
    if case_id not in {case.pk for case in campaign.cases}:
        return campaign
    if len(campaign.cases) == 1:
        raise CaseIsTheOnlyOne
    pausing.pause(campaign_id, by=by, at=at)
    campaign = Campaign.objects.locked(campaign_id)
    before = campaign.epoch
    if campaign.case_id == case_id:
        following = campaign.beside.select_related("case")[0]
        campaign.case = following.case
        following.delete()
    else:
        campaign.beside.filter(case=case_id).delete()
    if campaign.closed_at is None:
        campaign.state = Campaign.State.REVIEW
    return _counted_anew(campaign, before, by=by, at=at)


def _counted_anew(campaign: Campaign, before: int, *, by: Person, at: datetime) -> Campaign:
    """before: the epoch until now, which never comes back."""
    campaign.cases_epoch, campaign.written_by = before, by
    campaign.save(update_fields=["case", "cases_epoch", "state", "written_by"])
    record(CampaignEdited(campaign_id=campaign.pk), by=by, at=at)
    return Campaign.objects.get(pk=campaign.pk)
