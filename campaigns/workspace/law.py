"""The law in the workspace: what to cite in a case, and where a State stands to an instrument."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.flows.record import citing, documenting, registering
from campaigns.models import Article, Citation, Instrument, Ratification, RatificationChange, Violation
from campaigns.publishing import case_file as files
from campaigns.publishing import law
from campaigns.refusals import NotBinding
from campaigns.workspace.days import DayField
from network.countries import name_of, names_in
from network.languages import current_language
from network.open.errors import missing, refusal
from network.permissions import MAY_APPROVE, MAY_EDIT, may
from network.personal.request import PersonalRequest
from network.refusals import Refused
from network.workspace.access import deciding, for_roles

Status = Ratification.Status
STATUSES = [
    (Status.RATIFIED, _("ratified")),
    (Status.ACCEDED, _("acceded")),
    (Status.SIGNED, _("signed, not ratified")),
    (Status.NOT_PARTY, _("not party")),
]


def violations() -> list[tuple[str, Any]]:
    rows = [(code, pgettext("law", label)) for code, label in Violation.objects.values_list("code", "label")]
    return [("", _("Choose one")), *sorted(rows, key=lambda row: row[1])]


class StateForm(forms.Form):
    country = forms.ChoiceField(
        label=_("Which State is concerned?"),
        choices=lambda: [("", _("Choose one")), *names_in(current_language()).items()],
        widget=forms.Select({"class": "input"}),
    )


class LookUpForm(forms.Form):
    violation = forms.ChoiceField(
        label=_("What happened?"), choices=violations, widget=forms.Select({"class": "input"})
    )
    on = DayField(label=_("On which day?"))


class CiteForm(forms.Form):
    article = forms.ModelChoiceField(queryset=Article.objects.select_related("instrument"))
    on = DayField()
    breach = forms.BooleanField(required=False)


class RatificationForm(forms.Form):
    instrument = forms.ModelChoiceField(
        label=_("Instrument"),
        queryset=Instrument.objects.exclude(kind=Instrument.Kind.DECLARATION).order_by("abbreviation"),
        empty_label=_("Choose one"),
        widget=forms.Select({"class": "input", "lang": "en"}),
    )
    country = forms.ChoiceField(
        label=pgettext_lazy("country", "State"),
        choices=lambda: [("", _("Choose one")), *names_in(current_language()).items()],
        widget=forms.Select({"class": "input"}),
    )
    status = forms.ChoiceField(
        label=_("Standing"), choices=[("", _("Choose one")), *STATUSES], widget=forms.Select({"class": "input"})
    )
    done_on = DayField(label=_("Signed or ratified on"), required=False)
    in_force_on = DayField(label=_("In force for it since"), required=False)
    ended_on = DayField(label=_("Ended for it on, by denunciation or otherwise; empty: it goes on"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("status") in {Status.RATIFIED, Status.ACCEDED} and not data.get("in_force_on"):
            self.add_error("in_force_on", _("Without this day nothing can be cited as binding."))
        if data.get("ended_on") and data.get("in_force_on") and data["ended_on"] <= data["in_force_on"]:
            self.add_error("ended_on", _("This day is before the first."))
        return data


@for_roles(MAY_EDIT)
@require_safe
def look_up(request: PersonalRequest, case_id: int) -> HttpResponse:
    """Which articles are usually cited for something, and which of them bound that State on that day."""
    return _page(request, case_id)


def _page(request: PersonalRequest, case_id: int, *, status: int = 200, **more: Any) -> HttpResponse:
    file = files.case_file(case_id, at=timezone.now())
    if file is None:
        return missing(request)
    form = LookUpForm(request.GET if "violation" in request.GET else None)
    suggestions: list[law.CitedArticle] = []
    if form.is_bound and form.is_valid():
        violation = Violation.objects.get(code=form.cleaned_data["violation"])
        suggestions = law.suggested(violation, country=file.case.country, on=form.cleaned_data["on"])
    context = {
        "file": file,
        "state": name_of(file.case.country, current_language()),
        "form": form,
        "state_form": StateForm(),
        "suggestions": suggestions,
        "on": form.cleaned_data.get("on") if form.is_bound and form.is_valid() else None,
        "cited": [
            {"row": row, "short": law.short_name(row.article.instrument)}
            for row in Citation.objects.filter(case=case_id).select_related("article__instrument")
        ],
        **more,
    }
    return render(request, "workspace/case_law.html", context, status=status)


@for_roles(MAY_EDIT)
@require_POST
def concern(request: PersonalRequest, case_id: int) -> HttpResponse:
    form = StateForm(request.POST)
    if files.case_file(case_id, at=timezone.now()) is None:
        return missing(request)
    if not form.is_valid():
        return _page(request, case_id, status=400, state_form=form)
    documenting.concern(case_id, form.cleaned_data["country"], by=request.user, at=timezone.now())
    return HttpResponseRedirect(reverse("case_law", args=[case_id]))


@for_roles(MAY_EDIT)
@require_POST
def cite(request: PersonalRequest, case_id: int) -> HttpResponse:
    form = CiteForm(request.POST)
    if files.case_file(case_id, at=timezone.now()) is None or not form.is_valid():
        return missing(request)
    data = form.cleaned_data
    try:
        citing.cite(
            case_id,
            data["article"],
            occurred_on=data["on"],
            is_breach=data["breach"],
            by=request.user,
            at=timezone.now(),
        )
    except NotBinding as refused:
        more = {"refused": refused.reason, "suggestions": refused.instead, "on": data["on"]}
        return _page(request, case_id, status=409, **more)
    except Refused as refused:
        return refusal(request, refused)
    return HttpResponseRedirect(reverse("case_law", args=[case_id]))


@for_roles(MAY_EDIT)
@require_POST
def take_back(request: PersonalRequest, citation_id: int) -> HttpResponse:
    row = Citation.objects.filter(pk=citation_id).first()
    if row is None:
        return missing(request)
    citing.take_back(row.pk, by=request.user, at=timezone.now())
    return HttpResponseRedirect(reverse("case_law", args=[row.case_id]))


@for_roles(MAY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def ratification(request: PersonalRequest) -> HttpResponse:
    """Where a State stands to an instrument, compared with the depositary's list."""
    form = RatificationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        registering.propose_ratification(
            data["instrument"],
            data["country"],
            status=data["status"],
            done_on=data["done_on"],
            in_force_on=data["in_force_on"],
            ended_on=data["ended_on"],
            by=request.user,
            at=timezone.now(),
        )
        return HttpResponseRedirect(reverse("ratification"))
    context = {
        "form": form,
        "statuses": dict(STATUSES),
        "changes": [
            {
                "row": row,
                "short": law.short_name(row.instrument),
                "state": name_of(row.country, current_language()),
                "status": dict(STATUSES).get(Status(row.status)),
                "may_decide": may(request.user, MAY_APPROVE) and row.proposed_by_id != request.user.pk,
            }
            for row in RatificationChange.objects.waiting().select_related("instrument", "proposed_by")
        ],
    }
    return render(request, "workspace/ratification.html", context, status=400 if form.errors else 200)


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def decide_ratification(request: PersonalRequest, change_id: int) -> HttpResponse:
    """A second person compared it with the depositary's list."""
    if not RatificationChange.objects.filter(pk=change_id).exists():
        return missing(request)
    is_so = request.POST.get("is_so") == "yes"
    try:
        registering.decide_ratification(change_id, is_so=is_so, by=request.user, at=timezone.now())
    except Refused as refused:
        return refusal(request, refused)
    return HttpResponseRedirect(reverse("ratification"))
