"""Launching: a draft goes live when nothing is missing and a second person has approved exactly these words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from campaigns.events import CampaignLaunched
from campaigns.models import Campaign, Case, CaseStatus, Demand, PublicationConsent, RiskAssessment
from campaigns.publishing import conduct
from campaigns.publishing.audiences import Audience
from campaigns.publishing.campaign import SUBJECT
from campaigns.publishing.campaign_text import missing_words
from campaigns.publishing.case_parts import SAFETY, read_until
from campaigns.publishing.defender import published_defender
from campaigns.publishing.demand import can_still_be_asked
from campaigns.publishing.permitting import needed_by
from campaigns.publishing.standing import Standing, lacks_only_the_tick_for_a_child, standings
from campaigns.publishing.told_of import ToldOf, standing_in, telling_names, told_of
from campaigns.refusals import CampaignNotReady
from network.flows.recording import record
from network.models import Approval, Person


@transaction.atomic
def launch(campaign_id: int, *, by: Person, at: datetime) -> Campaign:
    """Make a campaign live, or show again one that was closed and then taken off. Raises CampaignNotReady with every missing
    item named; one that is shown stays as it is."""
    campaign = Campaign.objects.locked_with_its_cases(campaign_id)
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
    """Codes of what still stands in the way, in the order an organiser would settle them. What is missing for one of several
    people says for which: "of:<place>:<code>"."""
    cases = campaign.cases
    found = standings(cases, audience=Audience.PUBLIC, at=at)
    needed = needed_by(campaign)
    missing = _missing_of(campaign.case, found[campaign.case_id], needed, at=at)
    for place, case in enumerate(cases[1:], 2):
        missing += [f"of:{place}:{code}" for code in _missing_of(case, found[case.pk], needed, at=at)]
    demands = list(campaign.demands.select_related("target").prefetch_related("target__texts"))
    if not demands or not all(one.asks for one in demands):
        missing.append("demand")
    elif not all(can_still_be_asked(demands, standing) for standing in found.values()):
        missing.append("demand-moot")
    if campaign.harms.unreviewed().exists():
        missing.append("harm-unreviewed")
    elif _is_judged_before_harm(campaign):
        missing.append("risk-before-harm")
    texts = [text for text in campaign.texts.all() if not text.is_later]
    asks_for_release = any(one.asks == Demand.Asks.RELEASE and one.met_at is None for one in demands)
    if asks_for_release and campaign.closed_at is None:
        let_go = CaseStatus.objects.of_the_free(at.date()).filter(case__in=campaign.cases).values("case").distinct()
        if let_go.count() == len(campaign.cases):
            missing.append("release-moot")
    if not all(one.target.title_in(texts[0].language if texts else "en") for one in demands):
        missing.append("target")
    if not texts:
        missing.append("text")
    if not campaign.actions.exists():
        missing.append("action")
    told = told_of(campaign, found)
    missing += _names_that_tell(told)
    for text in texts:
        missing += missing_words(text, told)
    unread = _missing_approvals(campaign, at=at)
    if SAFETY in unread and any(code.endswith("risk-assessment") for code in missing):
        unread.remove(SAFETY)  # there is nothing to read yet
    missing += [f"approval:{part}" for part in unread]
    return missing


def _is_judged_before_harm(campaign: Campaign) -> bool:
    """What happened may change the risk: it is judged anew for each person before the campaign is shown again."""
    harmed = campaign.harms.aggregate(last=Max("recorded_at"))["last"]
    since = RiskAssessment.objects.filter(case__in=campaign.cases, assessed_at__gte=harmed) if harmed else None
    return since is not None and since.values("case").distinct().count() < len(campaign.cases)


def _missing_of(case: Case, standing: Standing, needed: set[str], *, at: datetime) -> list[str]:
    missing = []
    public = PublicationConsent.objects.for_public().filter(case=case)
    if case.withdrawn_at is not None:
        missing.append("withdrawn")
    if public.withdrawn_last().exists():
        missing.append("consent-taken-back")
    elif not public.in_force(at).exists():
        missing.append("consent")
    elif not (standing.scopes >= needed and standing.names_somebody):
        is_for_a_child = lacks_only_the_tick_for_a_child(case, Audience.PUBLIC, at=at)
        is_of_health = standing.names_somebody and needed - standing.scopes == {PublicationConsent.Scope.HEALTH}
        missing.append(
            "consent-for-a-child" if is_for_a_child else "consent-health" if is_of_health else "consent-scope"
        )
    if not standing.remembrance_permitted:
        missing.append("consent-to-remember")
    risks = RiskAssessment.objects.in_date(at).filter(case=case)
    if not risks.permitting().exists():
        missing.append("risk-assessment")
    if risks.saying_stop().exists():
        missing.append("risk-says-stop")
    if case.embargo_until is not None and case.embargo_until > at:
        missing.append("embargo")
    return missing


def _names_that_tell(told: Sequence[ToldOf]) -> list[str]:
    standing = standing_in(told)
    known = [published_defender(one.case, one.scopes) for one in standing]
    people = [person for person in known if person is not None]
    places = telling_names(standing, people) if len(people) == len(standing) else []
    return [f"of:{place}:name-tells" for place in places]


def _missing_approvals(row: Campaign, *, at: datetime) -> list[str]:
    """Names of the parts that nobody else has approved as they stand; and "safety" while no second person has read the
    judgement of risk of each case, which is approved once for the case and all that leans on it. A language that was added
    later is waited for by nobody."""
    later = set().union(*(conduct.parts_of_language(text.language) for text in row.texts.all() if text.is_later))
    parts = [part for part in (*row.parts(), *conduct.parts_of(row)) if part.name not in later]
    missing = Approval.objects.missing(SUBJECT, row.pk, parts)
    return missing if len(read_until(row.cases, at=at)) == len(row.cases) else [*missing, SAFETY]
