"""/organise/campaigns/N/paper/: signatures that were given on paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.flows.campaign import papering
from campaigns.models import PaperSheets
from campaigns.publishing.handover import petition_of
from campaigns.workspace.pressing import pressed
from network.numbers import CountField
from network.open.errors import missing
from network.permissions import MAY_APPROVE, MAY_EDIT, may
from network.personal.request import PersonalRequest
from network.workspace.access import deciding, for_roles
from network.workspace.typed import not_twice

MOST = 10_000_000


class PaperForm(forms.Form):
    signatures = CountField(label=_("How many signatures are on them?"), min_value=1, max_value=MOST)
    reason = forms.CharField(
        label=_("Where were they gathered, why on paper, and how were they counted? No names"),
        max_length=2000,
        widget=forms.Textarea({"class": "input", "rows": 4, "dir": "auto"}),
    )


@for_roles(MAY_EDIT)
@not_twice("paper")
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    petition = petition_of(campaign_id)
    if petition is None:
        return missing(request)
    form = PaperForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        papering.enter(petition, **form.cleaned_data, by=request.user, at=timezone.now())
        return HttpResponseRedirect(reverse("paper", args=[campaign_id]))
    rows = PaperSheets.objects.filter(action=petition).select_related("entered_by", "verified_by")
    context = {
        "campaign_id": campaign_id,
        "form": form,
        "rows": [(row, row.entered_by_id == request.user.pk) for row in rows],
        "total": PaperSheets.objects.signatures_on(petition),
        "may_approve": may(request.user, MAY_APPROVE),
    }
    return render(request, "workspace/paper.html", context, status=400 if form.errors else 200)


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def verify(request: PersonalRequest, sheets_id: int) -> HttpResponse:
    return _done(request, sheets_id, papering.verify)


@for_roles(MAY_EDIT)
@require_POST
def take_back(request: PersonalRequest, sheets_id: int) -> HttpResponse:
    return _done(request, sheets_id, papering.take_back)


def _done(request: PersonalRequest, sheets_id: int, flow: Any) -> HttpResponse:
    row = PaperSheets.objects.filter(pk=sheets_id).select_related("action").first()
    return pressed(request, sheets_id, flow, reverse("paper", args=[row.action.campaign_id]) if row else "")
