"""An organisation's joint statements: read, entered by one administrator, confirmed by a second, taken back by either."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from campaigns.flows.campaign import signing_on
from campaigns.publishing.statement import statement_for
from network.languages import current_language
from network.models import Organisation
from network.open.errors import missing, refusal
from network.open.fields import PlainField
from network.personal.request import PersonalRequest
from network.refusals import Refused
from network.workspace.access import deciding
from network.workspace.organisation import for_administrators


class SignOnForm(forms.Form):
    signatory = PlainField(
        label=_("Who signs for it"),
        max_length=120,
        error_messages={"required": _("Say who signs for the organisation.")},
    )
    authority = PlainField(
        label=_("Why they may: their office, or who decided it"),
        max_length=240,
        error_messages={"required": _("Say why they may sign for it.")},
    )
    is_confidential = forms.BooleanField(label=_("Count us, and name us nowhere"), required=False)


@for_administrators
@require_safe
def statement(request: PersonalRequest, organisation: Organisation, action_id: int) -> HttpResponse:
    return _page(request, organisation, action_id)


def _page(
    request: PersonalRequest, organisation: Organisation, action_id: int, form: SignOnForm | None = None
) -> HttpResponse:
    found = statement_for(organisation, action_id, language=current_language(), at=timezone.now())
    if found is None:
        return missing(request)
    context = {
        "organisation": organisation,
        "statement": found,
        "form": form or SignOnForm(),
        "waits_for_another": signing_on.waits_for_another(
            organisation, entered_by_id=found.entered_by_id, reader=request.user
        ),
    }
    return render(request, "workspace/statement.html", context, status=400 if form else 200)


@for_administrators
@deciding
@require_POST
def enter(request: PersonalRequest, organisation: Organisation, action_id: int) -> HttpResponse:
    found = statement_for(organisation, action_id, language=current_language(), at=timezone.now())
    if found is None or not found.versions:
        return missing(request)
    form = SignOnForm(request.POST)
    if not form.is_valid():
        return _page(request, organisation, action_id, form)
    try:
        signing_on.enter(action_id, organisation, **form.cleaned_data, by=request.user, at=timezone.now())
    except Refused as refused:
        return refusal(request, refused)
    return HttpResponseRedirect(reverse("statement", args=[organisation.public_id, action_id]))


@for_administrators
@deciding
@require_POST
def confirm(request: PersonalRequest, organisation: Organisation, action_id: int) -> HttpResponse:
    found = statement_for(organisation, action_id, language=current_language(), at=timezone.now())
    if found is None or found.sign_on_id is None or not found.versions:
        return missing(request)
    try:
        signing_on.confirm(found.sign_on_id, digest=request.POST.get("digest", ""), by=request.user, at=timezone.now())
    except Refused as refused:
        return refusal(request, refused)
    return HttpResponseRedirect(reverse("statement", args=[organisation.public_id, action_id]))


@for_administrators
@require_POST
def withdraw(request: PersonalRequest, organisation: Organisation, action_id: int) -> HttpResponse:
    found = statement_for(organisation, action_id, language=current_language(), at=timezone.now())
    if found is None or found.sign_on_id is None:
        return missing(request)
    signing_on.withdraw(found.sign_on_id, by=request.user, at=timezone.now())
    return HttpResponseRedirect(reverse("organisation", args=[organisation.public_id]))
