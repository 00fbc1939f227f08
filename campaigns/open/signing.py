"""Taking an action on an open page: the form, the mail's page with its one button, and thanks."""

from __future__ import annotations

import functools
from collections.abc import Collection
from datetime import datetime
from importlib import import_module
from typing import Any

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.flows.campaign import acting, counting
from campaigns.kinds.contract import Kind, kind_named
from campaigns.models import Participation
from campaigns.publishing import campaign as published
from campaigns.publishing.action import PublishedAction, is_called_off, pressing_first
from campaigns.publishing.audiences import Audience
from campaigns.publishing.campaign import PublishedCampaign
from campaigns.publishing.letter import PublishedLetter, action_in, becomes_of, letter_of
from campaigns.refusals import ActionClosed, MessageUnfit
from network import links
from network.languages import current_language
from network.models import Endorsement
from network.models.address import masked
from network.open.client_key import WINDOW_SECONDS, client_key
from network.open.errors import gone, missing, refusal
from network.open.fields import AddressField, NameField
from network.open.guard import costly, guarded
from network.refusals import LinkForged, Refused

# Loaded by the first who asks for one.
calendars: Any = SimpleLazyObject(functools.partial(import_module, "campaigns.open.appointment"))


@functools.cache
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
    begun = {kind.free_words: action.words[kind.begins_from]} if kind.begins_from else None
    form = entry_form_of(kind, with_address=True)(request.POST if request.method == "POST" else None, initial=begun)
    if kind.free_words:
        there = reverse("action_words", args=[campaign.slug, action.position])
        form.fields[kind.free_words].widget.attrs["data-check"] = there
    if request.method == "POST" and not kind.records:
        return refusal(request, ActionClosed()), form
    if request.method != "POST" or not form.is_valid():
        return None, form
    entry = acting.Entry(
        address=form.cleaned_data["email"],
        name=form.cleaned_data["name"],
        language=current_language(),
        answers=kind.answers_from(form),
        came_fast=_comes_fast(request, action),
    )
    try:
        acting.enter(action.id, entry, at=at)
    except MessageUnfit as unfit:
        _mark(form, kind, unfit)
        return None, form
    except Refused as refused:
        return refusal(request, refused), form
    return HttpResponseRedirect(reverse("campaign_sent", args=[campaign.slug])), form


@costly
@require_http_methods(["GET", "HEAD", "POST"])
def nameless(request: HttpRequest, slug: str) -> HttpResponse:
    """Standing with somebody without a name or an address: what it means, and one button. It is counted, and nothing is kept."""
    now = timezone.now()
    campaign = published.find(slug, audience=Audience.PUBLIC, language=current_language(), at=now)
    if campaign is None:
        return gone(request) if published.was_launched_at(slug) else missing(request)
    petition = next((one for one in campaign.asked if not one.words), None)
    if petition is None:
        return refusal(request, ActionClosed())
    stood = request.method == "POST"
    if stood:
        acting.stand_nameless(petition.id, at=now)
    return render(request, "open/nameless.html", {"campaign": campaign, "stood": stood})


def _comes_fast(request: HttpRequest, action: PublishedAction) -> bool:
    """From where more is entered into one action than a household would. Nobody is counted whose address says nothing: who comes
    over onion is not taken for a crowd."""
    key, most = client_key(request), settings.ENTRIES_PER_CLIENT_PER_10_MINUTES
    return key is not None and cache.counted(f"entries:{action.id}:{key}", seconds=WINDOW_SECONDS) > most  # type: ignore[attr-defined]


def _mark(form: forms.Form, kind: Kind, unfit: MessageUnfit) -> None:
    """Say beside the words which of them would not get through, and why, so that they can be changed."""
    for one in unfit.broken:
        form.add_error(kind.free_words, one.says)


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
        return _thanks(request, row, campaign, token)
    if row.state not in {Participation.State.PENDING, Participation.State.CONFIRMED}:
        return gone(request)
    kind = kind_named(row.action.kind)
    words = row.waiting or {"name": row.name, "answers": row.answers}
    answers = kind.together(words["answers"], row.waiting_words if row.waiting else row.words)
    form = entry_form_of(kind, with_address=False)(
        request.POST if request.method == "POST" else None, initial={"name": words["name"], **answers.written()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            acting.confirm(row.pk, name=form.cleaned_data["name"], answers=kind.answers_from(form), at=now)
        except MessageUnfit as unfit:
            _mark(form, kind, unfit)
        except Refused as refused:
            return refusal(request, refused)
        else:
            return HttpResponseRedirect(request.path)
    action = action_in(campaign, row.action_id)
    context = {
        "action": action,
        "letter": _letter_as_it_stands(row, form, at=now) if action and kind.is_relayed else None,
        "kind": kind,
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
    counted_already = row.state == Participation.State.CONFIRMED
    acting.reject(row.pk, at=timezone.now())
    return render(request, "open/forgotten.html", {"counted_already": counted_already})


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """When and where, for the calendar of whoever said that they come."""
    try:
        row = _participation(token)
    except Refused as refused:
        return refusal(request, refused)
    now = timezone.now()
    form = published.find_by_id(row.action.campaign_id, audience=Audience.PUBLIC, language=current_language(), at=now)
    action = action_in(form, row.action_id)
    if row.state != Participation.State.CONFIRMED or row.person is None or action is None or action.happens is None:
        return gone(request)
    content = calendars.appointment(row, action, is_neutral=row.person.neutral_mail or row.person.at_risk, at=now)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    answer["Cache-Control"] = "no-store"
    return answer


def _thanks(request: HttpRequest, row: Participation, campaign: PublishedCampaign, token: str) -> HttpResponse:
    kind = kind_named(row.action.kind)
    taken = Participation.objects.confirmed().filter(person=row.person).values_list("action", flat=True)
    context = {
        "campaign": campaign,
        "action": action_in(campaign, row.action_id),
        "kind": kind,
        "becomes": becomes_of(row),
        "is_called_off": is_called_off(row.action),  # also where nothing else of it is shown
        "count_template": kind.template("count"),
        "next_action": _following(campaign, set(taken)),
        "thanks_template": kind.template("thanks"),
        "row": row,
        "token": token,
        "count": counting.tally_including(row),
        "is_supporter": Endorsement.objects.confirmed().filter(person=row.person).exists(),
    }
    return render(request, "open/thanks.html", context)


def _following(campaign: PublishedCampaign, taken: Collection[int]) -> PublishedAction | None:
    """What is most pressing of what they have not done, and where there is room. taken: ids of actions."""
    free = (one for one in campaign.asked if one.words and one.id not in taken)
    fitting = (one for one in pressing_first(free) if not one.capacity or counting.room_left(one.id, one.capacity))
    return next(fitting, None)


def _letter_as_it_stands(row: Participation, form: forms.Form, *, at: datetime) -> PublishedLetter | None:
    """What the office would get if the button were pressed now, in the language in which it was entered; of a form that came back
    with errors, what was typed."""
    language = row.waiting["language"] if row.waiting else row.language
    campaign = published.find_by_id(row.action.campaign_id, audience=Audience.PUBLIC, language=language, at=at)
    action = action_in(campaign, row.action_id)
    if action is None:
        return None
    name = str(form["name"].value() or "") if form["show_name"].value() else ""
    words = str(form[action.kind_of.free_words].value() or "")
    return letter_of(action, words=words, name=name, operator=settings.OPERATOR_NAME)


def _participation(token: str) -> Participation:
    proof = links.proof_in(token, salt=links.PARTICIPATION)
    row = Participation.objects.select_related("action__campaign", "person").filter(pk=proof.row_id).first()
    if row is None:
        raise LinkForged
    if address := row.address or (row.person.email if row.person else ""):
        proof.require(address)
    return row
