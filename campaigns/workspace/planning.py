"""/organise/campaigns/N/plan/: how often something should happen, what on which day, and when signatures are handed over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from campaigns.flows.campaign import planning
from campaigns.models import Cadence, DeliveryPlan, PlannedStep
from campaigns.publishing.workspace import draft_of
from campaigns.workspace.days import DayField
from network.numbers import CountField
from network.open.errors import missing
from network.permissions import MAY_EDIT
from network.personal.request import PersonalRequest
from network.workspace.access import for_roles
from network.workspace.typed import not_twice

LONGEST_DAYS = 366
MOST_SIGNATURES = 100_000_000  # that anybody hopes for


class CadenceForm(forms.Form):
    every_days = CountField(
        label=_("After how many days without anything is it going quiet?"), min_value=1, max_value=LONGEST_DAYS
    )


class StepForm(forms.Form):
    on = DayField(label=_("On which day?"))
    words = forms.CharField(
        label=_("What is meant to happen? No names"),
        max_length=500,
        widget=forms.Textarea({"class": "input", "rows": 3, "dir": "auto"}),
    )

    def clean_on(self) -> Any:
        day, today = self.cleaned_data["on"], timezone.now().date()
        if day and not today <= day <= today + timedelta(days=10 * LONGEST_DAYS):
            raise forms.ValidationError(_("Choose a day that is still to come."))
        return day


class DeliveryForm(forms.Form):
    goal = CountField(
        label=_("How many signatures do we hope for? 0: no number"), min_value=0, max_value=MOST_SIGNATURES, initial=0
    )
    on = DayField(label=_("On which day is it handed over? Empty while that is open"), required=False)
    how = forms.CharField(
        label=_("By whom, to whom, and where? No names of people in danger"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"class": "input", "rows": 3, "dir": "auto"}),
    )

    def __init__(self, typed: Any, kept: DeliveryPlan | None) -> None:
        initial = {"goal": kept.goal, "on": kept.on, "how": kept.how} if kept else None
        super().__init__(typed, initial=initial, auto_id="delivery_%s")

    def clean_on(self) -> Any:
        """A day that was kept may have passed since."""
        day = self.cleaned_data["on"]
        if day and day != self.initial.get("on") and day < timezone.now().date():
            raise forms.ValidationError(_("Choose a day that is still to come."))
        return day


@for_roles(MAY_EDIT)
@require_safe
def plan(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    return _page(request, campaign_id)


def _page(
    request: PersonalRequest,
    campaign_id: int,
    *,
    cadence: CadenceForm | None = None,
    step: StepForm | None = None,
    delivery: DeliveryForm | None = None,
) -> HttpResponse:
    draft = draft_of(campaign_id, at=timezone.now(), reader=request.user)
    if draft is None:
        return missing(request)
    kept = Cadence.objects.filter(campaign=campaign_id).first()
    every = kept.every_days if kept else settings.CAMPAIGN_QUIET_DAYS
    rows = PlannedStep.objects.filter(campaign=campaign_id).select_related("planned_by")
    handing = DeliveryPlan.objects.filter(campaign=campaign_id).first()
    context = {
        "draft": draft,
        "cadence": cadence or CadenceForm(initial={"every_days": every}),
        "step": step or StepForm(),
        "delivery": delivery or DeliveryForm(None, handing),
        "handing": handing,
        "waiting": rows.waiting(),
        "ended": rows.exclude(ended_at=None).order_by("-ended_at")[:20],
        "today": timezone.now().date(),
    }
    return render(request, "workspace/plan.html", context, status=400 if cadence or step or delivery else 200)


@for_roles(MAY_EDIT)
@require_POST
def set_cadence(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    form = CadenceForm(request.POST)
    if not form.is_valid():
        return _page(request, campaign_id, cadence=form)
    if draft_of(campaign_id, at=timezone.now(), reader=request.user) is None:
        return missing(request)
    planning.set_cadence(campaign_id, form.cleaned_data["every_days"], by=request.user, at=timezone.now())
    return HttpResponseRedirect(reverse("plan", args=[campaign_id]))


@for_roles(MAY_EDIT)
@require_POST
def plan_delivery(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    form = DeliveryForm(request.POST, DeliveryPlan.objects.filter(campaign=campaign_id).first())
    if not form.is_valid():
        return _page(request, campaign_id, delivery=form)
    draft = draft_of(campaign_id, at=timezone.now(), reader=request.user)
    if draft is None or not draft.has_petition:
        return missing(request)
    planning.plan_delivery(campaign_id, **form.cleaned_data, by=request.user, at=timezone.now())
    return HttpResponseRedirect(reverse("plan", args=[campaign_id]))


@for_roles(MAY_EDIT)
@require_POST
def deliver(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    if not DeliveryPlan.objects.filter(campaign=campaign_id).exists():
        return missing(request)
    planning.deliver(campaign_id, by=request.user, at=timezone.now())
    return HttpResponseRedirect(reverse("plan", args=[campaign_id]))


@for_roles(MAY_EDIT)
@not_twice("plan")
@require_POST
def add_step(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    form = StepForm(request.POST)
    if not form.is_valid():
        return _page(request, campaign_id, step=form)
    if draft_of(campaign_id, at=timezone.now(), reader=request.user) is None:
        return missing(request)
    planning.plan(campaign_id, **form.cleaned_data, by=request.user, at=timezone.now())
    return HttpResponseRedirect(reverse("plan", args=[campaign_id]))


@for_roles(MAY_EDIT)
@require_POST
def end_step(request: PersonalRequest, step_id: int) -> HttpResponse:
    row = PlannedStep.objects.filter(pk=step_id).first()
    if row is None:
        return missing(request)
    planning.end(step_id, is_done="done" in request.POST, by=request.user, at=timezone.now())
    return HttpResponseRedirect(reverse("plan", args=[row.campaign_id]))
