"""/organise/cases/N/gate/: who sees what and why not; approvals; publishing, embargo, archive; grants to partners."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from campaigns.flows.gate import granting, publishing
from campaigns.models import CaseGrant
from campaigns.open.cases import around_of
from campaigns.publishing import case as published
from campaigns.publishing import gate_view as view
from campaigns.publishing import workspace
from campaigns.publishing.stage import STAGES
from campaigns.refusals import CaseNotReady
from campaigns.workspace.days import MomentField, UntilField
from campaigns.workspace.missing import in_words
from network.languages import current_language, ours_or_the_pages
from network.models import Organisation
from network.open.errors import missing, refusal
from network.permissions import MAY_APPROVE, MAY_EDIT, may
from network.personal.request import PersonalRequest
from network.refusals import Refused
from network.workspace.access import deciding, for_roles


def _partners() -> list[tuple[str, Any]]:
    rows = Organisation.objects.partners().filter(standing=Organisation.Standing.FULL).order_by("name")
    return [("", _("Choose one")), *((str(row.public_id), row.name) for row in rows)]


class EmbargoForm(forms.Form):
    until = MomentField(label=_("Nothing is shown before (UTC); empty: no embargo"), required=False)

    def clean_until(self) -> datetime | None:
        until = self.cleaned_data["until"]
        if until is not None and until <= timezone.now():
            raise forms.ValidationError(_("This moment is past."))
        return until


class GrantForm(forms.Form):
    organisation = forms.ChoiceField(
        label=_("Which partner?"),
        help_text=_("Only partners in full standing are here."),
        choices=_partners,
        widget=forms.Select({"class": "input"}),
    )
    licence = forms.CharField(
        label=_("What may they do with it?"),
        max_length=200,
        widget=forms.TextInput({"class": "input", "dir": "auto"}),
    )
    expires_at = UntilField(label=_("Until when?"))

    def clean_expires_at(self) -> datetime:
        day: datetime = self.cleaned_data["expires_at"]
        if day <= timezone.now():
            raise forms.ValidationError(_("This day is past."))
        return day


@for_roles(MAY_EDIT)
@require_safe
def gate(request: PersonalRequest, case_id: int) -> HttpResponse:
    return _page(request, case_id)


def _page(request: PersonalRequest, case_id: int, *, status: int = 200, **given: Any) -> HttpResponse:
    now = timezone.now()
    gate = view.gate_view(case_id, reader=request.user, at=now)
    if gate is None:
        return missing(request)
    context = {
        "case": workspace.case_on_record(case_id, at=now),
        "gate": gate,
        "stage": STAGES[gate.stage],
        "form": published.preview(case_id, language=current_language(), at=now),
        "missing": in_words(publishing.missing_of(case_id, at=now)),
        "grants": CaseGrant.objects.filter(case=case_id).select_related("organisation").order_by("-pk"),
        "grant_form": GrantForm(),
        "embargo_form": EmbargoForm(initial={"until": gate.embargo_until}),
        "may_approve": may(request.user, MAY_APPROVE),
        **given,
    }
    return render(request, "workspace/case_gate.html", context, status=status)


@for_roles(MAY_EDIT)
@require_safe
def preview(request: PersonalRequest, case_id: int) -> HttpResponse:
    """The page as its readers would see it."""
    now = timezone.now()
    form = published.preview(case_id, language=ours_or_the_pages(request.GET.get("language", "")), at=now)
    shown = around_of(form, at=now).context() if form else {"case": None}
    return render(request, "workspace/case_preview.html", {**shown, "case_id": case_id})


@for_roles(MAY_EDIT)
@require_POST
def submit(request: PersonalRequest, case_id: int) -> HttpResponse:
    return _done(request, case_id, lambda: publishing.submit(case_id, by=request.user, at=timezone.now()))


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def approve(request: PersonalRequest, case_id: int) -> HttpResponse:
    """Approve one part at the digest that was on the reader's screen."""
    name, digest = request.POST.get("part", ""), request.POST.get("digest", "")
    return _done(
        request,
        case_id,
        lambda: publishing.approve(case_id, name, digest=digest, by=request.user, at=timezone.now()),
    )


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def publish(request: PersonalRequest, case_id: int) -> HttpResponse:
    return _done(request, case_id, lambda: publishing.publish(case_id, by=request.user, at=timezone.now()))


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def publish_in_emergency(request: PersonalRequest, case_id: int) -> HttpResponse:
    """Facts and one language approved by a second person, consent and risk in force: a day to check the rest."""
    now = timezone.now()
    return _done(request, case_id, lambda: publishing.publish(case_id, is_emergency=True, by=request.user, at=now))


@for_roles(MAY_EDIT)
@require_POST
def unpublish(request: PersonalRequest, case_id: int) -> HttpResponse:
    return _done(request, case_id, lambda: publishing.unpublish(case_id, by=request.user, at=timezone.now()))


@for_roles(MAY_EDIT)
@require_POST
def archive(request: PersonalRequest, case_id: int) -> HttpResponse:
    return _done(request, case_id, lambda: publishing.archive(case_id, by=request.user, at=timezone.now()))


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def embargo(request: PersonalRequest, case_id: int) -> HttpResponse:
    form = EmbargoForm(request.POST)
    if not form.is_valid():
        return _page(request, case_id, status=400, embargo_form=form)
    until = form.cleaned_data["until"]
    return _done(request, case_id, lambda: publishing.embargo(case_id, until=until, by=request.user, at=timezone.now()))


@for_roles(MAY_EDIT)
@require_POST
def grant(request: PersonalRequest, case_id: int) -> HttpResponse:
    form = GrantForm(request.POST)
    if not form.is_valid():
        return _page(request, case_id, status=400, grant_form=form)
    data = form.cleaned_data
    organisation = Organisation.objects.get(public_id=data["organisation"])
    return _done(
        request,
        case_id,
        lambda: granting.propose(
            case_id,
            organisation,
            licence=data["licence"],
            expires_at=data["expires_at"],
            by=request.user,
            at=timezone.now(),
        ),
    )


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def agree(request: PersonalRequest, grant_id: int) -> HttpResponse:
    row = CaseGrant.objects.filter(pk=grant_id).first()
    if row is None:
        return missing(request)
    return _done(request, row.case_id, lambda: granting.agree(grant_id, by=request.user, at=timezone.now()))


@for_roles(MAY_EDIT)
@require_POST
def revoke(request: PersonalRequest, grant_id: int) -> HttpResponse:
    row = CaseGrant.objects.filter(pk=grant_id).first()
    if row is None:
        return missing(request)
    return _done(request, row.case_id, lambda: granting.revoke(grant_id, by=request.user, at=timezone.now()))


def _done(request: PersonalRequest, case_id: int, decide: Any) -> HttpResponse:
    """Do it and go back to the gate; what is missing is named there, another "no" is a page of its own."""
    if workspace.case_on_record(case_id, at=timezone.now()) is None:
        return missing(request)
    try:
        decide()
    except CaseNotReady as refused:
        return _page(request, case_id, status=409, refused=True, missing=in_words(refused.missing))
    except Refused as refused:
        return refusal(request, refused)
    return HttpResponseRedirect(reverse("case_gate", args=[case_id]))
