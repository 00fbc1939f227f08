"""/organise/campaigns/N/results/: what came of it, drawn and in a table."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from campaigns.flows.campaign import reminding
from campaigns.publishing import campaign as published
from campaigns.publishing.action_draft import titles_of
from campaigns.publishing.audiences import Audience
from campaigns.publishing.handover import petition_of
from campaigns.publishing.report import apart_of
from campaigns.publishing.results import results_of
from campaigns.publishing.sifting import entries_of
from campaigns.publishing.workspace import DraftCampaign, draft_of
from network.languages import current_language
from network.open.errors import missing
from network.permissions import MAY_APPROVE, MAY_EDIT, MAY_READ, may
from network.personal.request import PersonalRequest
from network.workspace.access import deciding, for_roles


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def remind(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    """Once more to whoever has not confirmed, while the gate lets the campaign be named."""
    now = timezone.now()
    draft = draft_of(campaign_id, at=now, reader=request.user)
    if draft is None or not _may_be_reminded(draft):
        return missing(request)
    reminding.remind(campaign_id, by=request.user, at=now)
    return HttpResponseRedirect(reverse("campaign_results", args=[campaign_id]))


def _may_be_reminded(draft: DraftCampaign) -> bool:
    """Only for what still asks, and only while the gate lets it be named."""
    return draft.is_shown and draft.closed_at is None


@for_roles(MAY_READ)
@require_safe
def results(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    now = timezone.now()
    found, draft = results_of(campaign_id, at=now), draft_of(campaign_id, at=now, reader=request.user)
    if found is None or draft is None:
        return missing(request)
    form = published.find_by_id(campaign_id, audience=Audience.PUBLIC, language=current_language(), at=now)
    entries = entries_of(campaign_id, titles_of(campaign_id))
    context = {
        "draft": draft,
        "results": found,
        "received": sum(row.received for row in entries),  # as the table adds up: the same mailbox again, too
        "busy": [day for day in reversed(found.days) if day.received or day.counted],
        "bars": [(day.counted, day.received) for day in found.days],
        "now": now,
        "entries": entries,
        "apart": apart_of(campaign_id, form.actions if form else ()),
        "may_enter_paper": petition_of(campaign_id) is not None and may(request.user, MAY_EDIT),
        "may_sift": may(request.user, MAY_APPROVE),
        "may_remind": _may_be_reminded(draft) and may(request.user, MAY_APPROVE),
    }
    return render(request, "workspace/campaign_results.html", context)
