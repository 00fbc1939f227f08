"""/organise/campaigns/N/handover/: what a petition's target is handed, as PDF and as CSV, once two people want it."""

from __future__ import annotations

import csv
import io
from functools import partial
from importlib import import_module
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_POST, require_safe

from campaigns.flows.campaign import handing_over
from campaigns.models import DeliveryPlan, Handover
from campaigns.publishing.handover import PublishedHandover, handover_of, petition_of
from network.languages import NAMES_OF_LANGUAGES, current_language, ours_or_the_pages
from network.open.errors import missing, refusal
from network.permissions import MAY_APPROVE, MAY_EDIT, may
from network.personal.request import PersonalRequest
from network.refusals import Refused
from network.workspace.access import deciding, for_roles

# It brings font tools along: loaded by the first who prints.
printing: Any = SimpleLazyObject(partial(import_module, "campaigns.workspace.handover_paper"))
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # how a cell begins that a spreadsheet would reckon


@for_roles(MAY_EDIT)
@require_safe
def handover(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    """How many there are, and whether the names may be taken out; none of them stands here."""
    petition, now = petition_of(campaign_id), timezone.now()
    if petition is None:
        return missing(request)
    latest = Handover.objects.latest_of(petition)
    context = {
        "campaign_id": campaign_id,
        "found": handover_of(petition, language=current_language(), at=now),
        "latest": latest,
        "plan": DeliveryPlan.objects.filter(campaign=campaign_id).first(),
        "is_asked": latest is not None and latest.is_asked(now),
        "is_agreed": latest is not None and latest.is_agreed(now),
        "is_own": latest is not None and latest.asked_by_id == request.user.pk,
        "may_approve": may(request.user, MAY_APPROVE),
        "printed_in": NAMES_OF_LANGUAGES,
    }
    return render(request, "workspace/handover.html", context)


@for_roles(MAY_EDIT)
@require_POST
def ask(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    petition = petition_of(campaign_id)
    if petition is None:
        return missing(request)
    handing_over.ask(petition, by=request.user, at=timezone.now())
    return HttpResponseRedirect(reverse("handover", args=[campaign_id]))


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def agree(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    petition = petition_of(campaign_id)
    latest = Handover.objects.latest_of(petition) if petition else None
    if latest is None:
        return missing(request)
    try:
        handing_over.agree(latest.pk, by=request.user, at=timezone.now())
    except Refused as refused:
        return refusal(request, refused)
    return HttpResponseRedirect(reverse("handover", args=[campaign_id]))


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def take_pdf(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    return _taken(request, campaign_id, "pdf")


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def take_csv(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    return _taken(request, campaign_id, "csv")


def _taken(request: PersonalRequest, campaign_id: int, ending: str) -> HttpResponse:
    petition = petition_of(campaign_id)
    if petition is None:
        return missing(request)
    language = ours_or_the_pages(request.POST.get("language", ""))
    try:
        found = handing_over.take(petition, language=language, by=request.user, at=timezone.now())
    except Refused as refused:
        return refusal(request, refused)
    if ending == "pdf":
        with translation.override(language):
            content, kind = printing.document(found, copy_of=request.user.display_name), "application/pdf"
    else:
        content, kind = _table(found), "text/csv; charset=utf-8"
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{found.form.slug}.{ending}"'
    return answer


def _table(found: PublishedHandover) -> bytes:
    """One name a line (RFC 4180), with a mark for spreadsheets that it is UTF-8; no name is taken for a formula."""
    lines = io.StringIO()
    writer = csv.writer(lines, quoting=csv.QUOTE_ALL)  # a spreadsheet may part cells at another sign
    writer.writerow(["name"])
    writer.writerows([f"'{name}" if name.startswith(FORMULA) else name] for name in found.names)
    return b"\xef\xbb\xbf" + lines.getvalue().encode()
