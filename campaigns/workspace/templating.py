"""/organise/templates/: words and demands that were kept, to begin other campaigns from."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from campaigns.flows.campaign import templating
from campaigns.models import CampaignTemplate
from campaigns.publishing.workspace import draft_of
from campaigns.workspace.campaign_form import TemplateForm
from campaigns.workspace.drafts import draft_page
from network.open.errors import missing, refusal
from network.permissions import MAY_EDIT
from network.personal.request import PersonalRequest
from network.refusals import Refused
from network.workspace.access import for_roles


@for_roles(MAY_EDIT)
@require_POST
def save(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    draft = draft_of(campaign_id, at=timezone.now(), reader=request.user)
    if draft is None:
        return missing(request)
    form = TemplateForm(request.POST)
    if not form.is_valid():
        return draft_page(request, draft, template_form=form)
    try:
        templating.save(campaign_id, form.cleaned_data["name"], by=request.user, at=timezone.now())
    except Refused as refused:
        return refusal(request, refused)
    return HttpResponseRedirect(f"{reverse('drafts')}#templates")


@for_roles(MAY_EDIT)
@require_POST
def drop(request: PersonalRequest, template_id: int) -> HttpResponse:
    if not CampaignTemplate.objects.filter(pk=template_id).exists():
        return missing(request)
    templating.drop(template_id, by=request.user, at=timezone.now())
    return HttpResponseRedirect(f"{reverse('drafts')}#templates")
