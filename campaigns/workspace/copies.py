"""/organise/cases/N/copies/: where copies lie that are not ours to remove, whom we asked, and what came of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from campaigns.flows.gate import taking_down
from campaigns.models import Takedown
from campaigns.publishing.copies import PLACES_OF_COPIES, copies_elsewhere
from campaigns.publishing.workspace import case_on_record
from network.open.errors import malformed, missing
from network.permissions import MAY_EDIT
from network.personal.request import PersonalRequest
from network.workspace.access import for_roles


class CopyForm(forms.Form):
    place = forms.ChoiceField(
        label=_("Where is it?"),
        choices=[("", _("Choose one")), *PLACES_OF_COPIES.items()],
        widget=forms.Select({"class": "input"}),
    )
    copy = forms.CharField(
        label=_("Its address, or how to find it: sealed"),
        max_length=500,
        widget=forms.TextInput({"class": "input", "dir": "auto", "autocomplete": "off"}),
    )


@for_roles(MAY_EDIT)
@require_safe
def copies(request: PersonalRequest, case_id: int) -> HttpResponse:
    return _page(request, case_id, CopyForm())


def _page(request: PersonalRequest, case_id: int, form: CopyForm, *, status: int = 200) -> HttpResponse:
    now = timezone.now()
    if case_on_record(case_id, at=now) is None:
        return missing(request)
    context: dict[str, Any] = {"case_id": case_id, "rows": copies_elsewhere(case_id, at=now), "form": form}
    return render(request, "workspace/case_copies.html", context, status=status)


@for_roles(MAY_EDIT)
@require_POST
def ask(request: PersonalRequest, case_id: int) -> HttpResponse:
    form = CopyForm(request.POST)
    if case_on_record(case_id, at=timezone.now()) is None or not form.is_valid():
        return _page(request, case_id, form, status=400)
    data = form.cleaned_data
    taking_down.ask(case_id, place=data["place"], copy=data["copy"], by=request.user, at=timezone.now())
    return _back(case_id)


@for_roles(MAY_EDIT)
@require_POST
def answer(request: PersonalRequest, takedown_id: int) -> HttpResponse:
    """What came of it: removed or refused."""
    row, outcome = Takedown.objects.filter(pk=takedown_id).first(), request.POST.get("outcome")
    if row is None:
        return missing(request)
    if outcome not in {Takedown.Outcome.REMOVED, Takedown.Outcome.REFUSED}:
        return malformed(request)
    taking_down.answer(row.pk, outcome=Takedown.Outcome(outcome), by=request.user, at=timezone.now())
    return _back(row.case_id)


@for_roles(MAY_EDIT)
@require_POST
def ask_again(request: PersonalRequest, takedown_id: int) -> HttpResponse:
    row = Takedown.objects.filter(pk=takedown_id).first()
    if row is None:
        return missing(request)
    taking_down.ask_again(row.pk, by=request.user, at=timezone.now())
    return _back(row.case_id)


def _back(case_id: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("case_copies", args=[case_id]))
