"""Taking an action on an open page: the form, the mail's page with its one button, and thanks."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.flows.campaign import acting, counting
from campaigns.kinds.contract import Kind, kind_named
from campaigns.models import Participation
from campaigns.publishing import campaign as published
from campaigns.publishing.audiences import Audience
from campaigns.publishing.campaign import PublishedAction, PublishedCampaign
from network import links
from network.languages import current_language
from network.models import Endorsement
from network.models.address import masked
from network.open.errors import gone, refusal
from network.open.fields import AddressField, NameField
from network.open.guard import guarded
from network.refusals import LinkForged, Refused


@cache
def entry_form_of(kind: Kind, *, with_address: bool) -> type[forms.Form]:
    """Name, address and the kind's own questions as one form class."""
    own: dict[str, forms.Field] = {"name": NameField(label=_("Your name"))}
    if with_address:
        own["email"] = AddressField(label=_("E-mail"))
    return type("EntryForm", (kind.answers_form,), {**own, "field_order": ["name", "email"]})


def take_entry(
    request: HttpRequest, campaign: PublishedCampaign, action: PublishedAction, *, at: datetime
) -> tuple[HttpResponse | None, forms.Form]:
    """On a valid POST the answer to give; otherwise None and the form to show."""
    kind = kind_named(action.kind)
    form = entry_form_of(kind, with_address=True)(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return None, form
    entry = acting.Entry(
        address=form.cleaned_data["email"],
        name=form.cleaned_data["name"],
        language=current_language(),
        answers=kind.answers_from(form),
    )
    try:
        acting.enter(action.id, entry, at=at)
    except Refused as refused:
        return refusal(request, refused), form
    return HttpResponseRedirect(reverse("campaign_sent", args=[campaign.slug])), form


@require_safe
def sent(request: HttpRequest, slug: str) -> HttpResponse:
    """ "Look in your mail": the same page for every address, known or not."""
    campaign = published.find(slug, audience=Audience.PUBLIC, language=get_language(), at=timezone.now())
    if campaign is None:
        return gone(request)
    return render(request, "open/mail_sent.html", {"campaign": campaign})


@guarded
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the mail's link. GET and HEAD change nothing, so a scanner that opens it signs nothing."""
    try:
        row = _participation(token)
    except Refused as refused:
        return refusal(request, refused)
    now = timezone.now()
    campaign = published.find_by_id(row.action.campaign_id, audience=Audience.PUBLIC, language=get_language(), at=now)
    if campaign is None:
        return gone(request)
    if row.state == Participation.State.CONFIRMED and row.person is None:  # erased since
        return gone(request)
    if row.state == Participation.State.CONFIRMED and row.waiting is None:
        return _thanks(request, row, campaign)
    if row.state not in {Participation.State.PENDING, Participation.State.CONFIRMED}:
        return gone(request)
    kind = kind_named(row.action.kind)
    words = row.waiting or {"name": row.name, "answers": row.answers}
    form = entry_form_of(kind, with_address=False)(
        request.POST if request.method == "POST" else None, initial={"name": words["name"], **words["answers"]}
    )
    if request.method == "POST" and form.is_valid():
        acting.confirm(row.pk, name=form.cleaned_data["name"], answers=kind.answers_from(form), at=now)
        return HttpResponseRedirect(request.path)
    context = {
        "form": form,
        "row": row,
        "words": words,
        "campaign": campaign,
        "confirm_template": kind.template("confirm"),
        "token": token,
        "address": masked(row.address or (row.person.email if row.person else "")),
        "counted_already": row.state == Participation.State.CONFIRMED,
    }
    return render(request, "open/confirm.html", context, status=400 if form.errors else 200)


@guarded
@require_POST
def reject(request: HttpRequest, token: str) -> HttpResponse:
    """ "This was not me"."""
    try:
        row = _participation(token)
    except Refused as refused:
        return refusal(request, refused)
    acting.reject(row.pk, at=timezone.now())
    return render(request, "open/forgotten.html")


def _thanks(request: HttpRequest, row: Participation, campaign: PublishedCampaign) -> HttpResponse:
    context = {
        "campaign": campaign,
        "thanks_template": kind_named(row.action.kind).template("thanks"),
        "row": row,
        "count": counting.tally_including(row),
        "is_supporter": Endorsement.objects.confirmed().filter(person=row.person).exists(),
    }
    return render(request, "open/thanks.html", context)


def _participation(token: str) -> Participation:
    proof = links.proof_in(token, salt=links.PARTICIPATION)
    row = Participation.objects.select_related("action__campaign", "person").filter(pk=proof.row_id).first()
    if row is None:
        raise LinkForged
    if address := row.address or (row.person.email if row.person else ""):
        proof.require(address)
    return row
