"""Partners on the open pages: who they are, how to become one, and a colleague's invitation."""

from __future__ import annotations

from typing import Any

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
from network.countries import names_in
from network.flows import applying, inviting
from network.languages import current_language
from network.models import Application, Invitation, Organisation, Principles
from network.models.address import masked
from network.open.errors import gone, missing, refusal
from network.open.fields import AddressField, NameField, PlainField
from network.open.guard import guarded
from network.refusals import InvitationEnded, LinkForged, Refused


def countries() -> list[tuple[str, Any]]:
    return [("", _("Choose one")), *names_in(current_language()).items()]


class ApplicationForm(forms.Form):
    legal_name = PlainField(
        label=_("The organisation’s full legal name"),
        max_length=160,
        error_messages={"required": _("Please write the organisation’s name as it is registered.")},
    )
    country = forms.ChoiceField(
        label=_("Country in which it is registered"),
        choices=countries,
        widget=forms.Select({"class": "input"}),
        error_messages={"required": _("Please choose the country.")},
    )
    website = forms.URLField(
        label=_("Website"),
        max_length=200,
        error_messages={"required": _("Please write where we can read about the organisation.")},
        assume_scheme="https",
        widget=forms.URLInput({"class": "input ltr", "placeholder": "https://"}),
    )
    disclosures = forms.CharField(
        label=_("Where does its money come from, and what ties does it have to governments, parties or armed groups?"),
        help_text=_("This answer is published beside the organisation’s name. “None” is an answer."),
        max_length=2000,
        widget=forms.Textarea({"class": "input", "rows": 5, "dir": "auto"}),
        error_messages={"required": _("Please answer this; “None” is an answer.")},
    )
    name = NameField(
        label=_("Your name, as the one we may ask"),
        error_messages={"required": _("Please write by which name we may ask for you.")},
    )
    email = AddressField(label=_("Your e-mail address at the organisation"))
    endorse = forms.BooleanField(
        label=_("We have read the principles and stand by them as an organisation"),
        error_messages={"required": _("Partners stand by the principles. Please read them below.")},
    )

    def clean_website(self) -> str:
        website: str = self.cleaned_data["website"]
        if not website.startswith(("https://", "http://")):
            raise forms.ValidationError(_("Please give an address that begins with https://"))
        return website


class AcceptForm(forms.Form):
    name = NameField(label=_("Your name"))


@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    names = names_in(current_language())
    rows = [
        {"organisation": row, "country": names.get(row.country, row.country)}
        for row in Organisation.objects.listed().select_related("principles")
    ]
    response = render(request, "open/partners.html", {"partners": rows})
    response["Cache-Control"] = f"public, max-age={settings.PAGE_CACHE_SECONDS}"
    return response


@guarded
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest) -> HttpResponse:
    in_force = Principles.objects.in_force()
    if in_force is None:
        return missing(request)
    form = ApplicationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        entry = applying.Entry(
            legal_name=data["legal_name"],
            country=data["country"],
            website=data["website"],
            disclosures=data["disclosures"].strip(),
            contact_name=data["name"],
            address=data["email"],
            language=current_language(),
        )
        applying.enter(in_force, entry, at=timezone.now())
        return HttpResponseRedirect(reverse("partner_apply_sent"))
    context = {"form": form, "principles": in_force, "text": in_force.text_in(get_language())}
    return render(request, "open/partner_apply.html", context, status=400 if form.errors else 200)


@require_safe
def apply_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "open/mail_sent.html")


@guarded
@require_http_methods(["GET", "HEAD", "POST"])
def apply_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """What was written, and one button. Nobody looks at an application before this."""
    try:
        row = _application(token)
    except Refused as refused:
        return refusal(request, refused)
    if row.state != Application.State.PENDING:
        return render(request, "open/partner_waiting.html", {"application": row}) if row.confirmed_at else gone(request)
    if request.method == "POST":
        applying.confirm(row.pk, at=timezone.now())
        return HttpResponseRedirect(request.path)
    context = {
        "application": row,
        "country": names_in(current_language()).get(row.country, row.country),
        "address": masked(row.address),
        "token": token,
    }
    return render(request, "open/partner_confirm.html", context)


@guarded
@require_POST
def apply_reject(request: HttpRequest, token: str) -> HttpResponse:
    try:
        row = _application(token)
    except Refused as refused:
        return refusal(request, refused)
    applying.reject(row.pk, at=timezone.now())
    return render(request, "open/forgotten.html")


@guarded
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A colleague's invitation: who invites, to what, and one button. Opening it changes nothing."""
    try:
        row = _invitation(token)
        form = AcceptForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            inviting.accept(row.pk, display_name=form.cleaned_data["name"], at=timezone.now())
            return render(request, "open/invitation_accepted.html", {"invitation": row})
    except Refused as refused:
        return refusal(request, refused)
    context = {"form": form, "invitation": row, "address": masked(row.address), "token": token}
    return render(request, "open/invitation.html", context, status=400 if form.errors else 200)


@guarded
@require_POST
def invitation_decline(request: HttpRequest, token: str) -> HttpResponse:
    try:
        row = _invitation(token)
    except Refused as refused:
        return refusal(request, refused)
    inviting.decline(row.pk, at=timezone.now())
    return render(request, "open/forgotten.html")


def _application(token: str) -> Application:
    proof = links.proof_in(token, salt=links.APPLICATION)
    row = Application.objects.filter(public_id=proof.row_id).first()
    if row is None:
        raise LinkForged
    if row.address:
        proof.require(row.address)
    return row


def _invitation(token: str) -> Invitation:
    proof = links.proof_in(token, salt=links.INVITATION)
    row = Invitation.objects.select_related("organisation").filter(pk=proof.row_id).first()
    if row is None:
        raise LinkForged
    if row.state != Invitation.State.SENT:
        raise InvitationEnded
    proof.require(row.address)
    return row
