"""/organise/messages/: messages are read one by one, accepted or declined with a reason, and put into batches to hand over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.flows.campaign import moderating
from campaigns.models import Batch, Message
from campaigns.publishing.messages import batch_of, desk, message_of
from campaigns.publishing.vocabulary import DECLINED
from campaigns.refusals import CampaignIsSilent
from campaigns.workspace.days import DayField
from network.open.errors import missing, refusal
from network.permissions import MAY_EDIT
from network.personal.request import PersonalRequest
from network.refusals import Refused
from network.workspace.access import for_roles

SKIPPED_MAX = 50  # of one sitting; then the first come again


class DecisionForm(forms.Form):
    digest = forms.CharField(widget=forms.HiddenInput)


class DecliningForm(DecisionForm):
    state = forms.ChoiceField(
        choices=[(state, state) for state in (Message.State.WAITING, Message.State.ACCEPTED)],
        required=False,
        widget=forms.HiddenInput,
    )
    reason = forms.ChoiceField(
        label=_("Why not? The writer is told"),
        choices=list(DECLINED.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say why: its writer is told.")},
    )


class HandingOverForm(forms.Form):
    on = DayField(label=_("Handed over on"))

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day and day > timezone.now().date():
            raise forms.ValidationError(_("This day has not come yet."))
        return day


@for_roles(MAY_EDIT)
@require_safe
def messages(request: PersonalRequest) -> HttpResponse:
    """How many wait, and what can be handed over."""
    found = desk(reader=request.user, at=timezone.now())
    return render(request, "workspace/messages.html", {"desk": found, "form": HandingOverForm()})


@for_roles(MAY_EDIT)
@require_POST
def take(request: PersonalRequest) -> HttpResponse:
    """The next one, put aside for this reader."""
    request.session.pop("skipped_messages", None) if "again" in request.POST else None
    return _next(request)


def _next(request: PersonalRequest) -> HttpResponse:
    skipped = request.session.get("skipped_messages", [])
    message = moderating.claim(by=request.user, at=timezone.now(), skipping=skipped)
    return HttpResponseRedirect(reverse("message", args=[message.pk]) if message else reverse("messages"))


@for_roles(MAY_EDIT)
@require_safe
def message(request: PersonalRequest, message_id: int) -> HttpResponse:
    return _page(request, message_id)


def _page(request: PersonalRequest, message_id: int, form: DecliningForm | None = None) -> HttpResponse:
    found = message_of(message_id, reader=request.user, at=timezone.now())
    if found is None:
        return missing(request)
    context = {
        "message": found,
        "form": form or DecliningForm(initial={"digest": found.digest, "state": found.state}),
    }
    return render(request, "workspace/message.html", context, status=400 if form else 200)


@for_roles(MAY_EDIT)
@require_POST
def accept(request: PersonalRequest, message_id: int) -> HttpResponse:
    if not Message.objects.filter(pk=message_id).exists():
        return missing(request)
    try:
        moderating.accept(message_id, digest=request.POST.get("digest", ""), by=request.user, at=timezone.now())
    except Refused as refused:
        return refusal(request, refused)
    return _next(request)


@for_roles(MAY_EDIT)
@require_POST
def decline(request: PersonalRequest, message_id: int) -> HttpResponse:
    if not Message.objects.filter(pk=message_id).exists():
        return missing(request)
    form = DecliningForm(request.POST)
    if not form.is_valid():
        return _page(request, message_id, form)
    given = form.cleaned_data
    try:
        moderating.decline(
            message_id,
            digest=given["digest"],
            reason=given["reason"],
            state=given["state"],
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        return refusal(request, refused)
    return _next(request)


@for_roles(MAY_EDIT)
@require_POST
def skip(request: PersonalRequest, message_id: int) -> HttpResponse:
    """Somebody else may read this one, or this reader later."""
    skipped = [one for one in request.session.get("skipped_messages", []) if one != message_id]
    request.session["skipped_messages"] = [*skipped, message_id][-SKIPPED_MAX:]
    moderating.put_aside(message_id, by=request.user)
    return _next(request)


@for_roles(MAY_EDIT)
@require_POST
def make_batch(request: PersonalRequest, action_id: int) -> HttpResponse:
    if not any(row.action_id == action_id for row in desk(reader=request.user, at=timezone.now()).actions):
        return missing(request)
    try:
        batch = moderating.make_batch(action_id, by=request.user, at=timezone.now())
    except Refused as refused:
        return refusal(request, refused)
    return HttpResponseRedirect(reverse("batch", args=[batch.pk]) if batch else reverse("messages"))


@for_roles(MAY_EDIT)
@require_safe
def batch(request: PersonalRequest, batch_id: int) -> HttpResponse:
    """To print: each message on its own lines, with a name only where its writer wanted it there."""
    found = batch_of(batch_id, at=timezone.now())
    if found is None:
        is_there = Batch.objects.filter(pk=batch_id).exists()
        return refusal(request, CampaignIsSilent()) if is_there else missing(request)
    return render(request, "paper/messages.html", {"batch": found})


@for_roles(MAY_EDIT)
@require_http_methods(["POST"])
def hand_over(request: PersonalRequest, batch_id: int) -> HttpResponse:
    if not Batch.objects.filter(pk=batch_id).exists():
        return missing(request)
    form = HandingOverForm(request.POST)
    if not form.is_valid():
        found = desk(reader=request.user, at=timezone.now())
        return render(
            request, "workspace/messages.html", {"desk": found, "form": form, "at_batch": batch_id}, status=400
        )
    moderating.hand_over(batch_id, on=form.cleaned_data["on"], by=request.user, at=timezone.now())
    return HttpResponseRedirect(reverse("messages"))
