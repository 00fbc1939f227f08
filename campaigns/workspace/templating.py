"""/organise/templates/: words and demands that were kept, to begin other campaigns from."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from campaigns.flows.campaign import templating
from campaigns.models import CampaignTemplate
from campaigns.publishing.workspace import draft_of
from network.open.errors import missing
from network.permissions import MAY_EDIT
from network.personal.request import PersonalRequest
from network.workspace.access import for_roles


class TemplateForm(forms.Form):
    name = forms.CharField(
        label=_("What it is for, in a few words; no name"),
        max_length=80,
        widget=forms.TextInput({"class": "input", "dir": "auto"}),
    )


@for_roles(MAY_EDIT)
@require_POST
def save(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    if draft_of(campaign_id, at=timezone.now(), reader=request.user) is None:
        return missing(request)
    form = TemplateForm(request.POST)
    if not form.is_valid():
        return HttpResponseRedirect(f"{reverse('draft', args=[campaign_id])}#again")
    templating.save(campaign_id, form.cleaned_data["name"], by=request.user, at=timezone.now())
    return HttpResponseRedirect(f"{reverse('drafts')}#templates")


@for_roles(MAY_EDIT)
@require_POST
def drop(request: PersonalRequest, template_id: int) -> HttpResponse:
    if not CampaignTemplate.objects.filter(pk=template_id).exists():
        return missing(request)
    templating.drop(template_id, by=request.user, at=timezone.now())
    return HttpResponseRedirect(f"{reverse('drafts')}#templates")
