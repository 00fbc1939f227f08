"""/organise/campaigns/N/people/: whom a campaign is for: one more, or one no more."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from campaigns.flows.campaign import including
from campaigns.publishing.workspace import draft_of
from campaigns.workspace.campaign_form import IncludeForm
from campaigns.workspace.drafts import draft_page
from network.open.errors import missing, refusal
from network.permissions import MAY_EDIT
from network.personal.request import PersonalRequest
from network.refusals import Refused
from network.workspace.access import for_roles


@for_roles(MAY_EDIT)
@require_POST
def include(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    draft = draft_of(campaign_id, at=timezone.now(), reader=request.user)
    if draft is None:
        return missing(request)
    form = IncludeForm(request.POST, draft=draft)
    if not form.is_valid():
        return draft_page(request, draft, include_form=form)
    try:
        including.include(campaign_id, int(form.cleaned_data["case"]), by=request.user, at=timezone.now())
    except Refused as refused:
        return refusal(request, refused)
    return HttpResponseRedirect(f"{reverse('draft', args=[campaign_id])}#people")


@for_roles(MAY_EDIT)
@require_POST
def leave_out(request: PersonalRequest, campaign_id: int, case_id: int) -> HttpResponse:
    """One editor may, as with all that makes less visible."""
    if draft_of(campaign_id, at=timezone.now(), reader=request.user) is None:
        return missing(request)
    try:
        including.leave_out(campaign_id, case_id, by=request.user, at=timezone.now())
    except Refused as refused:
        return refusal(request, refused)
    return HttpResponseRedirect(f"{reverse('draft', args=[campaign_id])}#people")
