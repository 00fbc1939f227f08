"""How a person is, in the workspace: recording a status, a second person's verification, its end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from campaigns.flows.record import updating
from campaigns.models import CaseStatus
from campaigns.publishing import case_file as files
from campaigns.publishing.status import REPORTERS, WORDS, contradictions
from campaigns.workspace.pressing import pressed
from campaigns.workspace.report import ReportForm
from network.open.errors import missing
from network.permissions import MAY_APPROVE, MAY_EDIT, may
from network.personal.request import PersonalRequest
from network.workspace.access import deciding, for_roles
from network.workspace.typed import not_twice

Dimension = CaseStatus.Dimension
DIMENSIONS = {
    Dimension.CONDITION: _("What they face"),
    Dimension.LIBERTY: _("Liberty"),
    Dimension.LEGAL: _("Before the law"),
    Dimension.LIFE: _("Life"),
}


def values() -> list[tuple[Any, Any]]:
    """Grouped by dimension; each choice names both, "liberty:detained"."""
    groups: list[tuple[Any, Any]] = [("", _("Choose one"))]
    for dimension, title in DIMENSIONS.items():
        groups.append((title, [(f"{dimension}:{value}", words) for value, words in WORDS[dimension].items()]))
    return groups


class StatusForm(ReportForm):
    field_order = ("status",)

    status = forms.ChoiceField(label=_("How are they?"), choices=values, widget=forms.Select({"class": "input"}))


@for_roles(MAY_EDIT)
@require_safe
def statuses(request: PersonalRequest, case_id: int) -> HttpResponse:
    return _page(request, case_id)


def _page(request: PersonalRequest, case_id: int, *, form: StatusForm | None = None, status: int = 200) -> HttpResponse:
    file = files.case_file(case_id, at=timezone.now())
    if file is None:
        return missing(request)
    today = timezone.now().date()
    current = set(CaseStatus.objects.current(today).filter(case=case_id).values_list("pk", flat=True))
    rows = [
        {
            "row": row,
            "dimension": DIMENSIONS[Dimension(row.dimension)],
            "words": WORDS[row.dimension][row.value],
            "reported": REPORTERS[row.reporter],
            "is_current": row.pk in current,
            "may_end": updating.may_end(row),
            "may_verify": row.verified_at is None and row.recorded_by_id != request.user.pk and row.pk in current,
        }
        for row in CaseStatus.objects.filter(case=case_id).select_related("recorded_by", "verified_by")
    ]
    context = {
        "file": file,
        "rows": rows,
        "form": form or StatusForm(case_id=case_id),
        "contradictions": contradictions([row["row"].value for row in rows if row["is_current"]]),
        "may_approve": may(request.user, MAY_APPROVE),
    }
    return render(request, "workspace/case_statuses.html", context, status=status)


@for_roles(MAY_EDIT)
@not_twice("case_statuses")
@require_POST
def record(request: PersonalRequest, case_id: int) -> HttpResponse:
    form = StatusForm(request.POST, case_id=case_id)
    if files.case_file(case_id, at=timezone.now()) is None:
        return missing(request)
    if not form.is_valid():
        return _page(request, case_id, form=form, status=400)
    dimension, _colon, value = form.cleaned_data["status"].partition(":")
    report = updating.Report(dimension=dimension, value=value, **form.known())
    updating.record_status(case_id, report, by=request.user, at=timezone.now())
    return HttpResponseRedirect(reverse("case_statuses", args=[case_id]))


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def verify(request: PersonalRequest, status_id: int) -> HttpResponse:
    row = CaseStatus.objects.filter(pk=status_id).first()
    return pressed(request, status_id, updating.verify, reverse("case_statuses", args=[row.case_id]) if row else "")


@for_roles(MAY_EDIT)
@require_POST
def end(request: PersonalRequest, status_id: int) -> HttpResponse:
    """It is over as of today; one person is enough to say less."""
    row = CaseStatus.objects.filter(pk=status_id).first()
    if row is None or row.dimension != Dimension.CONDITION:
        return missing(request)
    yesterday = timezone.now().date() - timedelta(days=1)
    updating.end(row.pk, until=yesterday, by=request.user, at=timezone.now())
    return HttpResponseRedirect(reverse("case_statuses", args=[row.case_id]))
