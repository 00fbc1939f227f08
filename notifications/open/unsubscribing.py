"""The way out of mail: a page of choices that the link in each letter opens, and the one click of RFC 8058. Shows no name and no
history; the token alone says whose it is. A link that somebody passed on can stop letters and change which ones come, and
opens nothing that was not given."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, override
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.publishing import campaign as published
from campaigns.publishing.audiences import Audience
from network.models import Person
from network.open.errors import refusal
from network.open.fields import LanguageField, PaceField
from network.refusals import Refused
from notifications.flows import unsubscribing
from notifications.links import Subscription, subscription_behind


class LettersForm(forms.Form):
    """What comes by mail, for as long as anything does."""

    pace = PaceField()
    language = LanguageField()


@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the choices. POST stops all alerts: mail providers send it for one click, without cookie or Origin,
    and the token alone says whose; so this form has no guard."""
    try:
        subscription = subscription_behind(token)
    except Refused as refused:
        return refusal(request, refused)
    person = _whose(subscription)
    if request.method != "POST":
        now = {"pace": person.pace, "language": person.language} if person else {"pace": Person.Pace.ASKED}
        return _page(request, subscription, token, LettersForm(initial={"language": get_language(), **now}))
    if person is not None:
        unsubscribing.stop_alerts(person, at=timezone.now())
    return _done(request, "all")


@require_POST
def mute(request: HttpRequest, token: str) -> HttpResponse:
    try:
        subscription = subscription_behind(token)
    except Refused as refused:
        return refusal(request, refused)
    person = _whose(subscription)
    if person is not None:
        unsubscribing.mute_campaign(person, subscription.campaign_id, at=timezone.now())
    return _done(request, "campaign")


@require_POST
def keep_here(request: HttpRequest, token: str) -> HttpResponse:
    """Nothing by mail any more; letters wait on the reader's own page."""
    try:
        subscription = subscription_behind(token)
    except Refused as refused:
        return refusal(request, refused)
    person = _whose(subscription)
    if person is not None:
        unsubscribing.keep_letters_here(person, at=timezone.now())
    return _done(request, "here")


@require_POST
def choose(request: HttpRequest, token: str) -> HttpResponse:
    """How many letters, and in which language; the answer is in that language already."""
    try:
        subscription = subscription_behind(token)
    except Refused as refused:
        return refusal(request, refused)
    form = LettersForm(request.POST)
    if not form.is_valid():
        return _page(request, subscription, token, form, status=400)
    person, chosen = _whose(subscription), form.cleaned_data
    if person is not None:
        unsubscribing.choose_letters(person.pk, pace=chosen["pace"], language=chosen["language"], at=timezone.now())
    with override(chosen["language"]):
        return _done(request, "chosen")


def _whose(subscription: Subscription) -> Person | None:
    """None: erased since. Then there is nothing left to change, and nothing to tell."""
    return Person.objects.filter(public_id=subscription.person).first()


def _page(
    request: HttpRequest, subscription: Subscription, token: str, form: LettersForm, *, status: int = 200
) -> HttpResponse:
    campaign = published.find_by_id(
        subscription.campaign_id, audience=Audience.PUBLIC, language=get_language(), at=timezone.now()
    )
    context = {"token": token, "campaign": campaign, "form": form}
    response = render(request, "open/unsubscribe.html", context, status=status)
    patch_cache_control(response, no_store=True)  # it shows what one person chose
    return response


def _done(request: HttpRequest, scope: str) -> HttpResponse:
    return render(request, "open/unsubscribed.html", {"scope": scope})
