"""The attention gap: how long nobody has done anything for somebody. The neglected come first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max

from campaigns.models import Campaign, Case, Participation, Update
from campaigns.publishing.workspace import CaseOnRecord, case_on_record


@dataclass(frozen=True, kw_only=True)
class Neglected:
    case: CaseOnRecord
    last: datetime | None  # the last act by anybody, or None: never
    days: int  # since it, or since the case was put on record


def last_acts() -> dict[int, datetime]:
    """{case id: when anybody last acted for it}; a case nobody acted for is not in it."""
    confirmed = Participation.objects.confirmed()
    acts: dict[int, datetime] = {}
    for leads, signed in (("case", "action__campaign__case"), ("beside__case", "action__campaign__beside__case")):
        launched = Campaign.objects.launched().exclude(**{leads: None}).values_list(leads)
        taken = confirmed.exclude(**{signed: None}).values_list(signed)
        for case_id, last in [
            *launched.annotate(last=Max("launched_at")),
            *taken.annotate(last=Max("confirmed_at")),
        ]:
            acts[case_id] = max(acts.get(case_id, last), last)
    return acts


def last_acts_in_campaigns(*, at: datetime) -> dict[int, datetime]:
    """{campaign id: when it was launched, when somebody last took part, or when news was told} of live ones; what is silent is
    left in peace."""
    live = Campaign.objects.live().publishable(at)
    acts = {pk: launched for pk, launched in live.values_list("pk", "launched_at") if launched is not None}
    confirmed = Participation.objects.confirmed().filter(action__campaign__in=live).values_list("action__campaign")
    news = Update.objects.published().filter(campaign__in=live).values_list("campaign")
    for campaign_id, last in [
        *confirmed.annotate(last=Max("confirmed_at")),
        *news.annotate(last=Max("published_at")),
    ]:
        acts[campaign_id] = max(acts.get(campaign_id, last), last)
    return acts


def neglected(*, at: datetime, most: int = 50) -> list[Neglected]:
    """Cases that nobody acted for within ATTENTION_GAP_DAYS, the longest forgotten first; withdrawn and archived ones are
    left in peace. An act: somebody's confirmed participation, or the launch of a campaign."""
    since = at - timedelta(days=settings.ATTENTION_GAP_DAYS)
    acts = last_acts()
    cases = Case.objects.filter(withdrawn_at=None, archived_at=None).values_list("pk", "created_at")
    waiting = sorted((acts.get(pk) or created, pk) for pk, created in cases)
    found = []
    for moment, pk in [one for one in waiting if one[0] < since][:most]:
        case = case_on_record(pk, at=at)
        if case is not None:
            found.append(Neglected(case=case, last=acts.get(pk), days=(at - moment).days))
    return found
