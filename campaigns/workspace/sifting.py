"""/organise/campaigns/N/sifting/: what is not people's is found by what it has in common, counted first, set apart, put back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from campaigns.flows.campaign import sifting
from campaigns.models import Sift
from campaigns.publishing.action_draft import titles_of
from campaigns.publishing.sifting import Criteria, entries_of, preview, sifts_of
from campaigns.publishing.workspace import draft_of
from campaigns.workspace.days import MomentField
from campaigns.workspace.pressing import pressed
from network.open.errors import missing, refusal
from network.permissions import MAY_APPROVE
from network.personal.request import PersonalRequest
from network.refusals import Refused
from network.workspace.access import deciding, for_roles

_LINE = {"class": "input", "autocomplete": "off"}


class SiftingForm(forms.Form):
    action = forms.ChoiceField(label=_("Of which"), widget=forms.Select({"class": "input"}))
    since = MomentField(label=_("Entered from (UTC)"), required=False)
    until = MomentField(label=_("until (UTC)"), required=False)
    language = forms.ChoiceField(label=_("In the language"), required=False, widget=forms.Select({"class": "input"}))
    domain = forms.CharField(
        label=_("With a mailbox at"),
        max_length=253,
        required=False,
        widget=forms.TextInput({**_LINE, "class": "input ltr"}),
    )
    name_has = forms.CharField(
        label=_("With these letters in the name"),
        max_length=80,
        required=False,
        widget=forms.TextInput({**_LINE, "dir": "auto"}),
    )
    came_fast = forms.BooleanField(label=_("Only from connections that entered many"), required=False)

    def __init__(self, *args: Any, actions: list[tuple[int, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = actions  # type: ignore[attr-defined]
        self.fields["language"].choices = [("", _("any")), *settings.LANGUAGES]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not self.criteria().written():
            raise forms.ValidationError(_("Say at least one thing that they have in common."))
        return data

    def criteria(self) -> Criteria:
        data = self.cleaned_data
        return Criteria(
            since=_as_iso(data.get("since")),
            until=_as_iso(data.get("until")),
            language=data.get("language", ""),
            domain=data.get("domain", "").strip().removeprefix("@").lower(),
            name_has=data.get("name_has", ""),
            came_fast=bool(data.get("came_fast")),
        )


def _as_iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _form(request: PersonalRequest, campaign_id: int, data: Any) -> SiftingForm:
    entries = entries_of(campaign_id, titles_of(campaign_id))
    named = [(row.action_id, f"{row.kind} · {row.title}" if row.title else row.kind) for row in entries]
    return SiftingForm(data, actions=named)


@for_roles(MAY_APPROVE)
@require_safe
def sifts(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    """What was done before, and, once something is said, how many would be set apart. Looking changes nothing."""
    draft = draft_of(campaign_id, at=timezone.now(), reader=request.user)
    if draft is None:
        return missing(request)
    form = _form(request, campaign_id, request.GET if "action" in request.GET else None)
    found = preview(int(form.cleaned_data["action"]), form.criteria()) if form.is_valid() else None
    context = {
        "draft": draft,
        "form": form,
        "preview": found,
        "rows": sifts_of(campaign_id),
    }
    return render(request, "workspace/sifting.html", context, status=400 if form.errors else 200)


@for_roles(MAY_APPROVE)
@require_safe
def part(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    """The list alone, for whoever has the page open while something is being set apart."""
    if draft_of(campaign_id, at=timezone.now(), reader=request.user) is None:
        return missing(request)
    return render(request, "workspace/sifts.html", {"rows": sifts_of(campaign_id)})


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def begin(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    if draft_of(campaign_id, at=timezone.now(), reader=request.user) is None:
        return missing(request)
    form = _form(request, campaign_id, request.POST)
    if not form.is_valid():
        return missing(request)
    try:
        sifting.begin(int(form.cleaned_data["action"]), form.criteria(), by=request.user, at=timezone.now())
    except Refused as refused:
        return refusal(request, refused)
    return HttpResponseRedirect(reverse("sifts", args=[campaign_id]))


@for_roles(MAY_APPROVE)
@require_POST
def cancel(request: PersonalRequest, sift_id: int) -> HttpResponse:
    return pressed(request, sift_id, sifting.cancel, _page_of(sift_id))


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def undo(request: PersonalRequest, sift_id: int) -> HttpResponse:
    return pressed(request, sift_id, sifting.undo, _page_of(sift_id))


def _page_of(sift_id: int) -> str:
    row = Sift.objects.select_related("action").filter(pk=sift_id).first()
    return reverse("sifts", args=[row.action.campaign_id]) if row else ""
