"""/organise/actions/N/: one thing more that a campaign asks, written, approved by a second person, opened, ended."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.flows.campaign import offering
from campaigns.kinds.contract import registered
from campaigns.models import Action
from campaigns.publishing.action_draft import DraftAction, draft_of, preview
from campaigns.publishing.workspace import draft_of as campaign_draft_of
from campaigns.refusals import ActionNotReady, WordsAreLocked
from campaigns.workspace.action_form import options_form_of, words_form_of
from campaigns.workspace.missing import in_words, without_words
from campaigns.workspace.pressing import part_approved
from campaigns.workspace.side_by_side import more_languages
from network.open.converters import row_number
from network.open.errors import missing, refusal
from network.permissions import MAY_APPROVE, MAY_EDIT, MAY_READ, may
from network.personal.request import PersonalRequest
from network.refusals import Refused
from network.workspace.access import deciding, for_roles

HOUR = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")  # by a clock that is named beside it
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+[+-]\d\d:\d\d")  # as isoformat writes it, with its zone


@for_roles(MAY_EDIT)
@require_POST
def offer(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    if campaign_draft_of(campaign_id, at=timezone.now(), reader=request.user) is None:
        return missing(request)
    kind = request.POST.get("kind", "")
    if kind not in {one.name for one in registered() if not one.stands_on_the_campaign}:
        return missing(request)
    try:
        demand_id = row_number(request.POST.get("demand", ""))
        action = offering.offer(campaign_id, kind, demand_id=demand_id, by=request.user, at=timezone.now())
    except Refused as refused:
        return refusal(request, refused)
    return HttpResponseRedirect(reverse("action_edit", args=[action.pk]))


@for_roles(MAY_READ)
@require_safe
def action(request: PersonalRequest, action_id: int) -> HttpResponse:
    found = draft_of(action_id, reader=request.user)
    return missing(request) if found is None else _page(request, found)


def _page(request: PersonalRequest, found: DraftAction, *, refused: bool = False) -> HttpResponse:
    now = timezone.now()
    codes = offering.missing_for_opening(Action.objects.select_related("campaign__case").get(pk=found.id), at=now)
    shown = preview(found.id, at=now)
    may_edit = may(request.user, MAY_EDIT)
    draft = campaign_draft_of(found.campaign_id, at=now, reader=request.user)
    known = [
        word for word in found.kind.words if may_edit or not word.is_told_after
    ]  # where people meet only those who come
    states = {case.country for case in (draft.case, *draft.beside)} - {""} if draft else set()
    context = {
        "action": found,
        "draft": draft,
        "words": {
            language: [(word.label, filled.get(word.name, "")) for word in known] if filled else None
            for language, filled in shown.items()
        },
        "turns_to_the_state": found.options.get("country", "") in states,
        "facts": [
            (field.label, _told(found, field, _as_moments(found.options).get(name)))
            for name, field in found.kind.options_form.base_fields.items()
        ],
        "missing": in_words(codes if may_edit else without_words(codes), of="action"),
        "refused": refused,
        **more_languages(found.texts, found.waiting_languages),
        "may_approve": may(request.user, MAY_APPROVE),
        "may_edit": may_edit,
    }
    return render(request, "workspace/action.html", context, status=409 if refused else 200)


@for_roles(MAY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PersonalRequest, action_id: int) -> HttpResponse:
    found = draft_of(action_id, reader=request.user)
    if found is None:
        return missing(request)
    if found.state != "draft":
        return refusal(request, WordsAreLocked())  # before anybody types
    data = request.POST if request.method == "POST" else None
    form = words_form_of(found.kind)(data, initial=_initial(found))
    options = options_form_of(found.kind)(data, initial=_as_moments(found.options))
    if request.method == "POST" and form.is_valid() and options.is_valid():
        texts = form.texts()
        try:
            offering.write(
                action_id,
                options=options.cleaned_data,
                texts=texts,
                last_day=form.cleaned_data["last_day"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            return refusal(request, refused)
        return HttpResponseRedirect(reverse("action", args=[action_id]))
    wrong = bool(data is not None and (form.errors or options.errors))
    context = {"form": form.told_with(found.parts), "options": options, "action": found}
    return render(request, "workspace/action_edit.html", context, status=400 if wrong else 200)


def _told(found: DraftAction, field: forms.Field, value: Any) -> Any:
    """As it is called where it was chosen; an hour by a clock as a moment of its own."""
    if isinstance(field, forms.ChoiceField):
        label = next((label for code, label in field.choices if code == value), value)  # type: ignore[misc, union-attr]
        return "" if label == _("Choose one") else label
    if isinstance(value, str) and HOUR.fullmatch(value):
        happens = found.kind.happens(found.kind.options.read(found.options))
        return happens.begins if happens and found.options.get("place") else value.replace("T", " ")  # by no clock yet
    return value


def _as_moments(options: Mapping[str, Any]) -> dict[str, Any]:
    """Options with the moments among them as such."""
    return {name: (_moment(value) or value) if isinstance(value, str) else value for name, value in options.items()}


def _moment(value: str) -> datetime | None:
    return datetime.fromisoformat(value) if MOMENT.fullmatch(value) else None


def _initial(found: DraftAction) -> dict[str, Any]:
    words = {f"{name}_{language}": text for language, words in found.texts.items() for name, text in words.items()}
    return {"last_day": found.last_day, **words}


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def approve(request: PersonalRequest, action_id: int) -> HttpResponse:
    found = draft_of(action_id, reader=request.user)
    if found is None:
        return missing(request)
    return part_approved(request, action_id, offering.approve, found.parts, reverse("action", args=[action_id]))


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def open_(request: PersonalRequest, action_id: int) -> HttpResponse:
    found = draft_of(action_id, reader=request.user)
    if found is None:
        return missing(request)
    try:
        offering.open_(action_id, by=request.user, at=timezone.now())
    except ActionNotReady:
        return _page(request, found, refused=True)
    return HttpResponseRedirect(reverse("action", args=[action_id]))


@for_roles(MAY_EDIT)
@require_POST
def end(request: PersonalRequest, action_id: int) -> HttpResponse:
    """Ask it no more; one editor may, as with all that makes less visible."""
    found = draft_of(action_id, reader=request.user)
    if found is None:
        return missing(request)
    offering.end(action_id, by=request.user, at=timezone.now())
    return HttpResponseRedirect(reverse("draft", args=[found.campaign_id]))
