"""/organise/campaigns/N/outcomes/: what happened after it began, for better and worse; and the report that is made of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from campaigns.flows.campaign import harming, observing
from campaigns.flows.record import documenting
from campaigns.models import Campaign, Harm, Outcome
from campaigns.publishing import campaign as published
from campaigns.publishing.audiences import Audience
from campaigns.publishing.outcome import GRADED
from campaigns.publishing.outcomes import harms_of, outcomes_on_record
from campaigns.publishing.report import report_of
from campaigns.publishing.told_of import in_common, told_of_today
from campaigns.publishing.vocabulary import CONTRIBUTIONS, GRADES, HARMS, OUTCOMES
from campaigns.publishing.workspace import draft_of
from campaigns.refusals import NotBeforeItBegan
from campaigns.workspace.days import DayField
from campaigns.workspace.pressing import pressed
from campaigns.workspace.report import reporter_field
from network.languages import current_language
from network.open.errors import missing, refusal
from network.permissions import MAY_APPROVE, MAY_EDIT, MAY_READ, may
from network.personal.request import PersonalRequest
from network.refusals import Refused
from network.workspace.access import deciding, for_roles
from network.workspace.typed import not_twice


def _day(label: Any) -> DayField:
    return DayField(label=label)


class OutcomeForm(forms.Form):
    what = forms.ChoiceField(
        label=_("What happened?"),
        choices=[("", _("Choose one")), *OUTCOMES.items()],
        widget=forms.Select({"class": "input"}),
        error_messages={"required": _("Say what happened.")},
    )
    grade = forms.ChoiceField(
        label=_("Beside what was asked for, this is"),
        choices=[("", _("as such a thing usually is")), *GRADES.items()],
        required=False,
        widget=forms.Select({"class": "input"}),
    )
    on = _day(_("On which day?"))
    reporter = reporter_field(_("Who reports it?"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("on") and data["on"] > timezone.now().date():
            self.add_error("on", _("This day has not come yet."))
        data["grade"] = data.get("grade") or GRADED.get(data.get("what", ""), "")
        return data


class HarmForm(forms.Form):
    harm = forms.ChoiceField(
        label=_("What happened?"),
        choices=[("", _("Choose one")), *HARMS.items()],
        widget=forms.Select({"class": "input"}),
        error_messages={"required": _("Say what happened.")},
    )
    harm_on = _day(_("On which day?"))
    note = forms.CharField(
        label=_("What is known, and from where; it is sealed"),
        max_length=4_000,
        required=False,
        widget=forms.Textarea({"class": "input", "rows": 4, "dir": "auto"}),
    )

    def clean_harm_on(self) -> Any:
        day = self.cleaned_data["harm_on"]
        if day and day > timezone.now().date():
            raise forms.ValidationError(_("This day has not come yet."))
        return day


class ReviewForm(forms.Form):
    found = forms.CharField(
        label=_("What you found, and what is done differently from now on"),
        max_length=4_000,
        widget=forms.Textarea({"class": "input", "rows": 4, "dir": "auto"}),
        error_messages={"required": _("Say what you found.")},
    )


@for_roles(MAY_EDIT)
@require_safe
def outcomes(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    return _page(request, campaign_id)


def _page(request: PersonalRequest, campaign_id: int, **forms_: forms.Form) -> HttpResponse:
    draft = draft_of(campaign_id, at=timezone.now(), reader=request.user)
    if draft is None:
        return missing(request)
    harms = harms_of(campaign_id, reader=request.user) if may(request.user, MAY_EDIT) else []
    if any(one.note or one.found for one in harms):
        for case in (draft.case, *draft.beside):
            documenting.note_reading(case.id, by=request.user, at=timezone.now())
    context = {
        "draft": draft,
        "rows": outcomes_on_record(campaign_id, reader=request.user),
        "harms": harms,
        "contributions": list(CONTRIBUTIONS.items()),
        "may_edit": may(request.user, MAY_EDIT),
        "may_approve": may(request.user, MAY_APPROVE),
        "outcome_form": OutcomeForm(),
        "harm_form": HarmForm(),
        "review_form": ReviewForm(),
        **forms_,
    }
    return render(request, "workspace/outcomes.html", context, status=400 if forms_ else 200)


@for_roles(MAY_EDIT)
@not_twice("outcomes")
@require_POST
def record(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    if draft_of(campaign_id, at=timezone.now(), reader=request.user) is None:
        return missing(request)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return _page(request, campaign_id, outcome_form=form)
    try:
        observing.record_outcome(campaign_id, **form.cleaned_data, by=request.user, at=timezone.now())
    except NotBeforeItBegan as refused:
        form.add_error("on", refused.reason)
        return _page(request, campaign_id, outcome_form=form)
    return HttpResponseRedirect(reverse("outcomes", args=[campaign_id]))


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def verify(request: PersonalRequest, outcome_id: int) -> HttpResponse:
    return pressed(request, outcome_id, observing.verify, _page_of(outcome_id))


@for_roles(MAY_EDIT)
@require_POST
def take_back(request: PersonalRequest, outcome_id: int) -> HttpResponse:
    return pressed(request, outcome_id, observing.take_back, _page_of(outcome_id))


def _page_of(outcome_id: int) -> str:
    row = Outcome.objects.filter(pk=outcome_id).first()
    return reverse("outcomes", args=[row.campaign_id]) if row else ""


@for_roles(MAY_EDIT)
@require_POST
def rate(request: PersonalRequest, outcome_id: int) -> HttpResponse:
    row = Outcome.objects.filter(pk=outcome_id).first()
    value = request.POST.get("value", "")
    if row is None or value not in CONTRIBUTIONS:
        return missing(request)
    observing.rate(outcome_id, value, by=request.user, at=timezone.now())
    return HttpResponseRedirect(reverse("outcomes", args=[row.campaign_id]))


@for_roles(MAY_EDIT)
@require_POST
def record_harm(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    if draft_of(campaign_id, at=timezone.now(), reader=request.user) is None:
        return missing(request)
    form = HarmForm(request.POST)
    if not form.is_valid():
        return _page(request, campaign_id, harm_form=form)
    given = form.cleaned_data
    harming.record_harm(
        campaign_id, what=given["harm"], on=given["harm_on"], note=given["note"], by=request.user, at=timezone.now()
    )
    return HttpResponseRedirect(reverse("outcomes", args=[campaign_id]))


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def review_harm(request: PersonalRequest, harm_id: int) -> HttpResponse:
    row = Harm.objects.filter(pk=harm_id).first()
    if row is None:
        return missing(request)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _page(request, row.campaign_id, review_form=form)
    try:
        harming.review(harm_id, found=form.cleaned_data["found"], by=request.user, at=timezone.now())
    except Refused as refused:
        return refusal(request, refused)
    return HttpResponseRedirect(reverse("outcomes", args=[row.campaign_id]))


@for_roles(MAY_READ)
@require_safe
def report(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    """As everybody will read it once the campaign is over; until then how it would read today."""
    now = timezone.now()
    draft = draft_of(campaign_id, at=now, reader=request.user)
    if draft is None:
        return missing(request)
    told = told_of_today(Campaign.objects.get(pk=campaign_id), at=now)
    form = published.find_by_id(campaign_id, audience=Audience.PUBLIC, language=current_language(), at=now)
    found = report_of(campaign_id, in_common(told), form.actions if form else (), at=now)
    return render(
        request,
        "workspace/campaign_report.html",
        {"draft": draft, "report": found, "may_edit": may(request.user, MAY_EDIT)},
    )
