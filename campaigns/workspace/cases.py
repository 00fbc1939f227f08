"""/organise/cases/: what is on record, and putting a new case there."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.flows.record import documenting
from campaigns.publishing import workspace
from campaigns.workspace.forms import CaseForm
from network.permissions import MAY_EDIT, MAY_READ
from network.personal.request import PersonalRequest
from network.workspace.access import for_roles

CONSENT_DAYS, RISK_DAYS = 180, 30  # what the form proposes; the organiser decides


@for_roles(MAY_READ)
@require_safe
def cases(request: PersonalRequest) -> HttpResponse:
    return render(request, "workspace/cases.html", {"cases": workspace.cases_on_record(at=timezone.now())})


@for_roles(MAY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def new_case(request: PersonalRequest) -> HttpResponse:
    now = timezone.now()
    form = CaseForm(
        request.POST if request.method == "POST" else None,
        initial={
            "consent_until": (now + timedelta(days=CONSENT_DAYS)).date(),
            "risk_until": (now + timedelta(days=RISK_DAYS)).date(),
        },
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        documenting.document(
            names={"en": data["name_en"], "fa": data["name_fa"]},
            aliases={"en": data["alias_en"], "fa": data["alias_fa"]},
            consent=documenting.Consent(
                given_by=data["given_by"], scopes=data["scopes"], expires_at=data["consent_until"]
            ),
            risk=data["risk"],
            risk_until=data["risk_until"],
            by=request.user,
            at=now,
        )
        return HttpResponseRedirect(reverse("cases"))
    return render(request, "workspace/case_new.html", {"form": form}, status=400 if form.errors else 200)
