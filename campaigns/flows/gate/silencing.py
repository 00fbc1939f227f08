"""Silencing: one person withdraws a case or a consent, or time does, and at the next request nothing shows it.

What leans on the case (campaigns, their actions and alerts) is silent with it: the gate's query looks at the case. These
flows say so to whoever has a copy, and move the case's epoch, so that no approval of before counts for anything after.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet

from campaigns.events import (
    CampaignReturned,
    CampaignSilenced,
    CaseNarrowed,
    CaseSilenced,
    CaseWithdrawn,
    ConsentWithdrawn,
    DefenderSilenced,
)
from campaigns.flows.gate import addressing, announcing
from campaigns.models import (
    Campaign,
    CampaignCase,
    CampaignTemplate,
    Case,
    PublicationConsent,
    WithdrawalCode,
    open_cases,
)
from campaigns.models.gate.consent import Scope
from campaigns.models.gate.facts import shown_as
from campaigns.models.gate.withdrawal_code import hash_of_code
from campaigns.publishing import campaign as campaigns
from campaigns.publishing import case_parts, people
from campaigns.publishing.audiences import Audience
from campaigns.publishing.case import missing_approvals
from campaigns.publishing.case_parts import read_until
from campaigns.refusals import CodeUnknown
from network.flows.recording import record
from network.models import Approval, Person
from network.models.dialect import locked


@transaction.atomic
def withdraw_case(case_id: int, *, by: Person | None, at: datetime) -> Case:
    """Silence everything that leans on a case, for good. One person is enough; withdrawing twice changes nothing."""
    case = Case.objects.locked(case_id)
    if case.withdrawn_at is None:
        was = shown_as(case)
        _note_what_an_embargo_let_out(case, at=at)
        case.withdrawn_at = at
        case.epoch += 1
        case.save(update_fields=["withdrawn_at", "epoch"])
        record(CaseWithdrawn(case_id=case.pk), by=by, at=at)
        CampaignTemplate.objects.filter(cases=case).delete()
        _tell_whoever_has_a_copy(case, was=was, by=by, at=at)
    return case


@transaction.atomic
def withdraw_consent(consent_id: int, *, by: Person | None, at: datetime) -> PublicationConsent:
    """End a publication consent now; the case's epoch moves, so no cached form of it survives."""
    case_id = PublicationConsent.objects.values_list("case", flat=True).get(pk=consent_id)
    case = Case.objects.locked(case_id)  # the case first, as everywhere: whoever publishes waits, and then sees it gone
    consent = locked(PublicationConsent.objects.filter(pk=consent_id)).get()
    if consent.withdrawn_at is None:
        was = shown_as(case)
        _note_what_an_embargo_let_out(case, at=at)
        consent.withdrawn_at = at
        consent.save(update_fields=["withdrawn_at"])
        case.epoch += 1
        case.save(update_fields=["epoch"])
        record(ConsentWithdrawn(case_id=consent.case_id, consent_id=consent.pk), by=by, at=at)
        CampaignTemplate.objects.filter(cases=case).delete()
        _tell_whoever_has_a_copy(case, was=was, by=by, at=at)
    return consent


@transaction.atomic
def narrow(case: Case, *, was: str, by: Person | None, at: datetime) -> None:
    """Less may be shown than before: what was published is silent until it was approved as it may be now.

    was: by what the person was shown before (see shown_as), so that whoever has a copy is told under the right id.
    """
    case.epoch += 1
    case.save(update_fields=["epoch"])
    record(CaseNarrowed(case_id=case.pk), by=by, at=at)
    _tell_whoever_has_a_copy(case, was=was, by=by, at=at)


@transaction.atomic
def withdraw_by_code(text: str, *, at: datetime) -> None:
    """The giver's own door: the code withdraws the consent it was issued for. Raises CodeUnknown.

    An old paper speaks for its giver still: if they have consented anew since, that is withdrawn too. So whoever uses a
    code that is one of ours finds silence.
    """
    code = WithdrawalCode.objects.select_related("consent").filter(hash=hash_of_code(text)).first()
    if code is None:
        raise CodeUnknown
    given = PublicationConsent.objects.filter(case=code.consent.case_id, given_by=code.consent.given_by)
    for consent_id in given.filter(withdrawn_at=None).order_by("pk").values_list("pk", flat=True):
        withdraw_consent(consent_id, by=None, at=at)
    WithdrawalCode.objects.filter(pk=code.pk, used_at=None).update(used_at=at)


@transaction.atomic
def silence_lapsed(*, at: datetime) -> list[int]:
    """What time has silenced (a consent or a risk assessment that ended, an emergency's day) is told as a withdrawal is.

    The pages need no such job: their query compares the time. Returns the ids of the campaigns that fell silent. Moves
    the epoch of their cases, so that a consent given anew needs new approvals.
    """
    seen = Campaign.objects.shown()
    shown = list(seen.publishable(at).values_list("pk", flat=True))
    fallen = list(seen.filter(silenced_at=None).exclude(pk__in=shown))
    fallen += _read_no_more(seen.filter(silenced_at=None, pk__in=shown), at=at)
    told = Case.objects.published().ever_published().filter(silenced_at=None)
    lapsed = set(told.exclude(pk__in=open_cases(at)).values_list("pk", flat=True))
    for case in told.filter(emergency_until__lte=at).exclude(pk__in=lapsed):
        if missing_approvals(case, at=at):
            lapsed.add(case.pk)
    calm = [case for case in told.exclude(pk__in=lapsed) if case.emergency_until is None]
    lapsed |= {case.pk for case in calm} - set(read_until(calm, at=at))
    silent = {case_id for campaign in fallen for case_id in _why_silent(campaign, at=at)} | lapsed
    # All of them first and in one order: a withdrawal that waits for one never holds what this waits for.
    for case in hold([Case.objects.locked(case_id) for case_id in sorted(silent)]):
        case.epoch += 1
        case.save(update_fields=["epoch"])
        _tell_whoever_has_a_copy(case, was=shown_as(case), by=None, at=at)
    return [campaign.pk for campaign in fallen]


def hold(cases: list[Case]) -> list[Case]:
    """And all campaigns that lean on any of them, in one order too. cases: locked, in the order of their ids."""
    leaning = {pk for case in cases for pk in Campaign.objects.about(case).values_list("pk", flat=True)}
    list(locked(Campaign.objects.filter(pk__in=leaning).order_by("pk")))
    return cases


def note_lapse(case: Case, *, at: datetime) -> None:
    """What time has silenced and the clock's job has not told of yet is told now, before anything new is put on record: so
    that a consent given anew needs new approvals however soon it comes. `case` is locked."""
    if open_cases(at).filter(pk=case.pk).exists():
        return
    told = Case.objects.published().ever_published().filter(pk=case.pk, silenced_at=None)
    if told.exists() or Campaign.objects.shown().about(case).filter(silenced_at=None).exists():
        case.epoch += 1
        case.save(update_fields=["epoch"])
        _tell_whoever_has_a_copy(case, was=shown_as(case), by=None, at=at)


def _read_no_more(rows: QuerySet[Campaign], *, at: datetime) -> list[Campaign]:
    """Of campaigns that consent still permits: those whose judgement of risk, as two had read it, has ended."""
    campaigns = list(rows.select_related("case__defender").prefetch_related("beside__case__defender"))
    read = read_until([case for campaign in campaigns for case in campaign.cases], at=at)
    return [campaign for campaign in campaigns if any(case.pk not in read for case in campaign.cases)]


def _why_silent(campaign: Campaign, *, at: datetime) -> set[int]:
    """Ids of those of its cases that silence it."""
    cases = campaign.cases
    is_open = set(open_cases(at).filter(pk__in=[case.pk for case in cases]).values_list("pk", flat=True))
    return {case.pk for case in cases} - (is_open & set(read_until(cases, at=at)))


@transaction.atomic
def tell_of_return(campaign_id: int, *, at: datetime) -> bool:
    """A silenced campaign may be shown again, with new consent and new approvals: whoever deleted it is told."""
    campaign = Campaign.objects.locked_with_its_cases(campaign_id)
    # Asked again under the lock: it may have been withdrawn since somebody looked.
    if (
        campaign.silenced_at is None
        or campaigns.find_by_id(campaign_id, audience=Audience.PUBLIC, language="en", at=at) is None
    ):
        return False
    campaign.silenced_at = None
    campaign.save(update_fields=["silenced_at"])
    record(CampaignReturned(campaign_id=campaign.pk), by=None, at=at)
    return True


def tell_of_defender(case: Case, *, was: str, by: Person | None, at: datetime) -> None:
    """A tombstone for the defender too, under the id they had been shown by, unless something still shows them by it."""
    by_name = was == Scope.NAME
    public_id = case.defender.public_id if by_name else case.public_id
    if was and people.find(public_id, audience=Audience.PUBLIC, language="en", at=at) is None:
        record(DefenderSilenced(case_id=case.pk, by_name=by_name), by=by, at=at)


def tell_of_case(case: Case, *, was: str, by: Person | None, at: datetime) -> bool:
    """A tombstone for a case's own pages, if they were ever seen; returns whether it was needed."""
    announcing.tell_the_granted(case, by=by, at=at)
    if case.first_published_at is None or not _may_have_been_seen(case_parts.SUBJECT, case):
        return False
    case.silenced_at = at
    case.save(update_fields=["silenced_at"])
    record(CaseSilenced(case_id=case.pk), by=by, at=at)
    return True


def _tell_whoever_has_a_copy(case: Case, *, was: str, by: Person | None, at: datetime) -> None:
    """Public tombstones, without a reason, for what was ever launched; what never was stays unknown."""
    launched = Campaign.objects.launched().about(case)
    told = [campaign for campaign in launched if _may_have_been_seen(campaigns.SUBJECT, campaign)]
    for campaign in told:
        record(CampaignSilenced(campaign_id=campaign.pk), by=by, at=at)
    for campaign in locked(Campaign.objects.filter(pk__in=[campaign.pk for campaign in told]).order_by("pk")):
        Campaign.objects.filter(pk=campaign.pk).update(silenced_at=at)
    left = CampaignCase.objects.filter(case=case, left_at__gt=F("campaign__launched_at"))
    was_public = case.first_published_at is not None or launched.exists() or left.exists()
    if was == Scope.NAME and was_public and case.name_approved_at is not None and case.named_until is None:
        case.named_until = at
        case.save(update_fields=["named_until"])
    if tell_of_case(case, was=was, by=by, at=at) or told:
        tell_of_defender(case, was=was, by=by, at=at)
    if case.published_at is not None:
        addressing.keep_addresses(case, at=at)


def _may_have_been_seen(subject: str, row: Case | Campaign) -> bool:
    """Since it was last told to be gone, or ever. What is silent comes back only by new approvals: where there were some,
    somebody may have seen it before the clock's job told of its return."""
    return row.silenced_at is None or Approval.objects.given_since(subject, row.pk, row.silenced_at)


def _note_what_an_embargo_let_out(case: Case, *, at: datetime) -> None:
    """Its embargo has ended and the clock's job has not told of it yet: somebody may have seen it all the same."""
    is_out = Case.objects.published().filter(pk=case.pk, first_published_at=None, id__in=open_cases(at)).exists()
    if is_out and not missing_approvals(case, at=at):
        case.first_published_at = at
        case.save(update_fields=["first_published_at"])
        addressing.keep_addresses(case, at=at)
