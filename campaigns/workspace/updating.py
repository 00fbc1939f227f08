"""/organise/updates/N/: news of a campaign, written side by side, approved by a second person, published, taken back."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.flows.campaign import updating
from campaigns.models import Update
from campaigns.publishing import update as published
from campaigns.publishing import workspace
from campaigns.publishing.update import DraftUpdate
from campaigns.refusals import UpdateNotReady, WordsAreLocked
from campaigns.workspace.missing import in_words, without_words
from campaigns.workspace.pressing import part_approved, pressed
from campaigns.workspace.side_by_side import SideBySideForm
from network.open.errors import missing, refusal
from network.permissions import MAY_APPROVE, MAY_EDIT, MAY_READ, may
from network.personal.request import PersonalRequest
from network.refusals import Refused
from network.workspace.access import deciding, for_roles


class UpdateForm(SideBySideForm):
    labels: ClassVar[dict[str, Any]] = {"title": _("What is new, in one line"), "body": _("And in some sentences")}
    limits: ClassVar[dict[str, int]] = {"title": 120, "body": 6000}
    rows: ClassVar[dict[str, int]] = {"body": 8}

    def texts(self) -> dict[str, dict[str, str]]:
        return {language: self.words_in(language) for language in self.tongues}


@for_roles(MAY_READ)
@require_safe
def updates(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    now = timezone.now()
    draft = workspace.draft_of(campaign_id, at=now, reader=request.user)
    if draft is None:
        return missing(request)
    context = {
        "draft": draft,
        "rows": published.drafts_of(campaign_id, reader=request.user, at=now),
        "may_edit": may(request.user, MAY_EDIT),
    }
    return render(request, "workspace/updates.html", context)


@for_roles(MAY_EDIT)
@require_POST
def new_update(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    if workspace.draft_of(campaign_id, at=timezone.now(), reader=request.user) is None:
        return missing(request)
    row = updating.begin(campaign_id, by=request.user, at=timezone.now())
    return HttpResponseRedirect(reverse("update_edit", args=[row.pk]))


@for_roles(MAY_READ)
@require_safe
def update(request: PersonalRequest, update_id: int) -> HttpResponse:
    found = published.draft_of(update_id, reader=request.user, at=timezone.now())
    return missing(request) if found is None else _page(request, found)


def _page(request: PersonalRequest, found: DraftUpdate, *, refused: bool = False) -> HttpResponse:
    now = timezone.now()
    row = Update.objects.select_related("campaign__case__defender").get(pk=found.id)
    codes = published.missing_for_publishing(row, at=now) if row.is_draft else []
    context = {
        "update": found,
        "draft": workspace.draft_of(found.campaign_id, at=now, reader=request.user),
        "missing": in_words(codes if may(request.user, MAY_EDIT) else without_words(codes), of="update"),
        "refused": refused,
        "may_approve": may(request.user, MAY_APPROVE),
        "may_edit": may(request.user, MAY_EDIT),
    }
    return render(request, "workspace/update.html", context, status=409 if refused else 200)


@for_roles(MAY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PersonalRequest, update_id: int) -> HttpResponse:
    found = published.draft_of(update_id, reader=request.user, at=timezone.now())
    if found is None:
        return missing(request)
    if found.state != "draft":
        return refusal(request, WordsAreLocked())  # before anybody types
    initial = {f"{name}_{language}": text for language, words in found.texts.items() for name, text in words.items()}
    form = UpdateForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            updating.write(update_id, texts=form.texts(), by=request.user, at=timezone.now())
        except Refused as refused:
            return refusal(request, refused)
        return HttpResponseRedirect(reverse("update", args=[update_id]))
    context = {"form": form.told_with(found.parts), "update": found}
    return render(request, "workspace/update_edit.html", context, status=400 if form.errors else 200)


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def approve(request: PersonalRequest, update_id: int) -> HttpResponse:
    found = published.draft_of(update_id, reader=request.user, at=timezone.now())
    if found is None:
        return missing(request)
    return part_approved(request, update_id, updating.approve, found.parts, reverse("update", args=[update_id]))


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def publish(request: PersonalRequest, update_id: int) -> HttpResponse:
    found = published.draft_of(update_id, reader=request.user, at=timezone.now())
    if found is None:
        return missing(request)
    try:
        updating.publish(update_id, by=request.user, at=timezone.now())
    except UpdateNotReady:
        return _page(request, found, refused=True)
    return HttpResponseRedirect(reverse("update", args=[update_id]))


@for_roles(MAY_EDIT)
@require_POST
def take_back(request: PersonalRequest, update_id: int) -> HttpResponse:
    """One editor may, as with all that makes less visible."""
    row = Update.objects.filter(pk=update_id).first()
    return pressed(request, update_id, updating.take_back, reverse("updates", args=[row.campaign_id]) if row else "")
