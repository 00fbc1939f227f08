"""/join/: stand by the principles. Then one mail, and one button."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network import links
from network.flows import endorsing
from network.languages import current_language
from network.models import Endorsement, Principles
from network.models.address import masked
from network.open.errors import gone, missing, refusal
from network.open.fields import AddressField, NameField
from network.open.guard import guarded
from network.refusals import LinkForged, Refused


class JoinForm(forms.Form):
    name = NameField(label=_("Your name"), help_text=_("Any name you like. No page shows it."))
    email = AddressField(label=_("E-mail"))
    endorse = forms.BooleanField(
        label=_("I stand by these principles"),
        error_messages={"required": _("To join, tick that you stand by the principles.")},
    )
    alerts = forms.BooleanField(label=_("Write to me when something is asked of me"), required=False)


class ConfirmForm(forms.Form):
    name = NameField(label=_("Your name"))
    alerts = forms.BooleanField(label=_("Write to me when something is asked of me"), required=False)


@require_safe
def principles(request: HttpRequest) -> HttpResponse:
    in_force = Principles.objects.in_force()
    if in_force is None:
        return missing(request)
    context = {
        "principles": in_force,
        "text": in_force.text_in(get_language()),
        "operator_address": settings.OPERATOR_ADDRESS,
        "operator_money": settings.OPERATOR_MONEY,
    }
    return render(request, "open/principles.html", context)


@guarded
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    in_force = Principles.objects.in_force()
    if in_force is None:
        return missing(request)
    form = JoinForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        entry = endorsing.Entry(
            address=form.cleaned_data["email"],
            display_name=form.cleaned_data["name"],
            language=current_language(),
            wants_alerts=form.cleaned_data["alerts"],
        )
        endorsing.enter(in_force, entry, at=timezone.now())
        return HttpResponseRedirect(reverse("join_sent"))
    context = {"form": form, "principles": in_force, "text": in_force.text_in(get_language())}
    return render(request, "open/join.html", context, status=400 if form.errors else 200)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """The same page whatever the address: it never tells who is known."""
    return render(request, "open/mail_sent.html")


@guarded
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link: what will be recorded, and one button. Opening it changes nothing."""
    try:
        endorsement = _endorsement(token)
    except Refused as refused:
        return refusal(request, refused)
    if endorsement.state == Endorsement.State.CONFIRMED and endorsement.person is not None:
        return render(request, "open/welcome.html", {"endorsement": endorsement})
    if endorsement.state != Endorsement.State.PENDING:
        return gone(request)
    initial = {"name": endorsement.display_name, "alerts": endorsement.wants_alerts}
    form = ConfirmForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        endorsing.confirm(
            endorsement.pk,
            display_name=form.cleaned_data["name"],
            wants_alerts=form.cleaned_data["alerts"],
            at=timezone.now(),
        )
        return HttpResponseRedirect(request.path)
    context = {
        "form": form,
        "endorsement": endorsement,
        "address": masked(endorsement.address),
        "token": token,
        "text": endorsement.principles.text_in(get_language()),
    }
    return render(request, "open/join_confirm.html", context, status=400 if form.errors else 200)


@guarded
@require_POST
def reject(request: HttpRequest, token: str) -> HttpResponse:
    try:
        endorsement = _endorsement(token)
    except Refused as refused:
        return refusal(request, refused)
    endorsing.reject(endorsement.pk, at=timezone.now())
    return render(request, "open/forgotten.html")


def _endorsement(token: str) -> Endorsement:
    proof = links.proof_in(token, salt=links.ENDORSEMENT)
    row = Endorsement.objects.select_related("principles", "person").filter(pk=proof.row_id).first()
    if row is None:
        raise LinkForged
    if address := row.address or (row.person.email if row.person else ""):
        proof.require(address)
    return row


@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """The farewell after an erasure."""
    return render(request, "open/erased.html")
