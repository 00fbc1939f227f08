"""/organise/campaigns/N/people/: whom a campaign is for: one more, or one no more."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from campaigns.flows.campaign import including
from campaigns.publishing.workspace import DraftCampaign, cases_on_record, draft_of
from network.open.errors import missing, refusal
from network.permissions import MAY_EDIT
from network.personal.request import PersonalRequest
from network.refusals import Refused
from network.workspace.access import for_roles


class IncludeForm(forms.Form):
    """Of the cases on record those that are not in it."""

    def __init__(self, *args: object, draft: DraftCampaign, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        known = {draft.case.id, *(case.id for case in draft.beside)}
        free = [case for case in cases_on_record(at=timezone.now()) if case.id not in known and not case.is_withdrawn]
        self.fields["case"] = forms.ChoiceField(
            label=_("Who else?"),
            choices=[("", _("Choose one")), *((str(case.id), case.label) for case in free)],
            widget=forms.Select({"class": "input"}),
        )


@for_roles(MAY_EDIT)
@require_POST
def include(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    draft = draft_of(campaign_id, at=timezone.now(), reader=request.user)
    if draft is None:
        return missing(request)
    form = IncludeForm(request.POST, draft=draft)
    if form.is_valid():
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
