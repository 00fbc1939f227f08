"""Including: whom a campaign is for. One more is added while it is written; one is left out at any time, and then everything is
read again without them before anybody sees it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from campaigns.events import CampaignEdited, PersonLeftOut
from campaigns.flows.campaign import demanding, moderating, offering
from campaigns.flows.gate import pausing
from campaigns.models import Campaign, CampaignCase, Case, Outcome
from campaigns.refusals import CaseIsTheOnlyOne, SamePersonTwice, TooManyCases, WordsAreLocked
from network.flows import editing
from network.flows.recording import record
from network.models import Person


@transaction.atomic
def include(campaign_id: int, case_id: int, *, by: Person, at: datetime) -> Campaign:
    """It is for them too; whom it is for already stays as it is. Raises WordsAreLocked once it is live, TooManyCases past
    CAMPAIGN_CASES_MOST, SamePersonTwice for another case of somebody it is for: one may show the name, the other hide it."""
    campaign = Campaign.objects.locked_with_its_cases(campaign_id, and_case=case_id)
    if campaign.state not in Campaign.WRITTEN:
        raise WordsAreLocked
    cases, case = campaign.cases, Case.objects.get(pk=case_id)
    if case in cases:
        return campaign
    if case.defender_id in {one.defender_id for one in cases}:
        raise SamePersonTwice
    if len(cases) >= settings.CAMPAIGN_CASES_MOST:
        raise TooManyCases
    before = campaign.epoch
    CampaignCase.objects.update_or_create(
        campaign=campaign, case=case, defaults={"position": _last_position(campaign) + 1, "left_at": None}
    )
    return _counted_anew(campaign, before, by=by, at=at)


@transaction.atomic
def leave_out(campaign_id: int, case_id: int, *, by: Person | None, at: datetime) -> Campaign:
    """It is not for them any more. One person is enough: it is off every page at once, and can be rewritten; it comes back with
    new approvals. Where it led with them, it leads with the next. What people signed is asked of nobody any more; messages and
    letters that have not left are read again. Raises CaseIsTheOnlyOne."""
    campaign = Campaign.objects.locked_with_its_cases(campaign_id)
    cases = campaign.cases
    if case_id not in {case.pk for case in cases}:
        return campaign
    if len(cases) == 1:
        raise CaseIsTheOnlyOne
    pausing.pause(campaign_id, by=by, at=at)
    campaign = Campaign.objects.locked(campaign_id)
    before, at = campaign.epoch, _after_all_that_was_recorded(campaign, at=at)
    if campaign.case_id == case_id:
        campaign.case = cases[1]
        CampaignCase.objects.filter(campaign=campaign, case=cases[1]).delete()
    _keep_as_left(campaign, case_id, at=at)
    if campaign.launched_at is not None:
        campaign.state, campaign.rewritten_at = Campaign.State.REVIEW, at
        campaign.texts.update(is_later=False, read_at=None)  # every language is read anew before it is shown again
        _forget_what_was_done(campaign, by=by, at=at)  # may open again what people signed: then it is asked anew too
        _ask_anew(campaign, by=by, at=at)
    record(PersonLeftOut(campaign_id=campaign.pk, case_id=case_id), by=by, at=at)
    return _counted_anew(campaign, before, by=by, at=at)


def keep_words_of(campaign: Campaign, cases: Iterable[Case], *, at: datetime) -> None:
    """It begins from words that may tell of others: nothing of them may stand in it. In the caller's transaction."""
    own = {case.pk for case in campaign.cases}
    for case in cases:
        if case.pk not in own:
            _keep_as_left(campaign, case.pk, at=at)


def _keep_as_left(campaign: Campaign, case_id: int, *, at: datetime) -> None:
    kept = {"position": _last_position(campaign) + 1, "left_at": at}
    CampaignCase.objects.update_or_create(campaign=campaign, case_id=case_id, defaults=kept)


def _last_position(campaign: Campaign) -> int:
    return max(CampaignCase.objects.filter(campaign=campaign).values_list("position", flat=True), default=1)


def _ask_anew(campaign: Campaign, *, by: Person | None, at: datetime) -> None:
    """The letter that people signed is another from now on: it is signed anew, and theirs stay under the old one."""
    for petition in campaign.actions.filter(has_own_words=False, closed_at=None):
        offering.replace(petition, by=by, at=at)


def _forget_what_was_done(campaign: Campaign, *, by: Person | None, at: datetime) -> None:
    """What an office did may have been for who left: of the others nobody has said so yet."""
    for demand_id in campaign.demands.exclude(met_at=None).order_by("pk").values_list("pk", flat=True):
        demanding.take_back(demand_id, by=by, at=at)


def _after_all_that_was_recorded(campaign: Campaign, *, at: datetime) -> datetime:
    """at: when the button was pressed. Somebody may have put on record what happened while this waited for a case."""
    last = Outcome.objects.filter(campaign=campaign).aggregate(last=Max("recorded_at"))["last"]
    return max(at, last) if last else at


def _counted_anew(campaign: Campaign, before: int, *, by: Person | None, at: datetime) -> Campaign:
    """before: the epoch until now, which never comes back."""
    campaign.cases_epoch = before
    moderating.read_all_again(campaign.pk, at=at)
    campaign.save(update_fields=["case", "cases_epoch", "rewritten_at", "state"])
    if by is not None:
        editing.wrote(campaign, by=by, at=at)
    record(CampaignEdited(campaign_id=campaign.pk), by=by, at=at)
    return Campaign.objects.get(pk=campaign.pk)
