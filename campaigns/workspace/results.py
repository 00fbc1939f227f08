"""/organise/campaigns/N/results/: what came of it, drawn and in a table."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaigns.publishing.results import results_of
from campaigns.publishing.workspace import draft_of
from network.open.errors import missing
from network.permissions import MAY_READ
from network.personal.request import PersonalRequest
from network.workspace.access import for_roles


@for_roles(MAY_READ)
@require_safe
def results(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    now = timezone.now()
    found, draft = results_of(campaign_id, at=now), draft_of(campaign_id, at=now, reader=request.user)
    if found is None or draft is None:
        return missing(request)
    context = {
        "draft": draft,
        "results": found,
        "busy": [day for day in reversed(found.days) if day.received or day.counted],
        "bars": [(day.counted, day.received) for day in found.days],
        "now": now,
    }
    return render(request, "workspace/campaign_results.html", context)
