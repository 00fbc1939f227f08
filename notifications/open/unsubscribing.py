"""The way out of mail: a page of choices that the link in each letter opens, and the one click of RFC 8058. Shows no name and no
history; the token alone says whose it is, so none of these forms has a guard. A link that somebody passed on can stop letters and
change their language, and makes none come that were declined."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.publishing import campaign as published
from campaigns.publishing.audiences import Audience
from network.languages import current_language
from network.models import Person
from network.open.errors import refusal
from network.open.fields import LanguageField, PaceField
from network.refusals import Refused
from notifications.flows import unsubscribing
from notifications.links import Subscription, subscription_behind

View = Callable[[HttpRequest, str], HttpResponse]
OfOne = Callable[[HttpRequest, str, Subscription, Person | None], HttpResponse]


class LettersForm(forms.Form):
    """What comes by mail, for as long as anything does. Whoever wants only what is urgent is not asked how many."""

    pace = PaceField()
    language = LanguageField()

    def for_one(self, person: Person | None) -> LettersForm:
        if person is not None and person.pace == Person.Pace.URGENT:
            del self.fields["pace"]
        return self


def of_subscription(view: OfOne) -> View:
    """Decorate a view of (request, token, its subscription, whose it is). Nobody: erased since; then there is nothing left to
    change, and nothing to tell."""

    @wraps(view)
    def found(request: HttpRequest, token: str) -> HttpResponse:
        try:
            subscription = subscription_behind(token)
        except Refused as refused:
            return refusal(request, refused)
        person = Person.objects.filter(public_id=subscription.person).first()
        return view(request, token, subscription, person)

    return found


@require_http_methods(["GET", "HEAD", "POST"])
@of_subscription
def unsubscribe(request: HttpRequest, token: str, subscription: Subscription, person: Person | None) -> HttpResponse:
    """GET shows the choices. POST stops all alerts: mail providers send it for one click, without cookie or Origin."""
    if request.method != "POST":
        chosen = {"pace": person.pace, "language": person.language} if person else {"pace": Person.Pace.ASKED}
        form = LettersForm(initial={"language": current_language(), **chosen}).for_one(person)
        return _page(request, subscription, token, form)
    if person is not None:
        unsubscribing.stop_alerts(person, at=timezone.now())
    return _done(request, "all")


@require_POST
@of_subscription
def mute(request: HttpRequest, token: str, subscription: Subscription, person: Person | None) -> HttpResponse:
    if person is not None:
        unsubscribing.mute_campaign(person, subscription.campaign_id, at=timezone.now())
    return _done(request, "campaign")


@require_POST
@of_subscription
def keep_here(request: HttpRequest, token: str, subscription: Subscription, person: Person | None) -> HttpResponse:
    """No alerts by mail any more; they wait on the reader's own page."""
    if person is not None:
        unsubscribing.keep_letters_here(person, at=timezone.now())
    return _done(request, "here")


@require_POST
@of_subscription
def choose(request: HttpRequest, token: str, subscription: Subscription, person: Person | None) -> HttpResponse:
    """How many letters, and in which language; the answer is in that language already."""
    form = LettersForm(request.POST).for_one(person)
    if not form.is_valid():
        return _page(request, subscription, token, form, status=400)
    pace, language = form.cleaned_data.get("pace", Person.Pace.URGENT), form.cleaned_data["language"]
    if person is not None:
        unsubscribing.choose_letters(person.pk, pace=pace, language=language, at=timezone.now())
    with override(language):
        return _done(request, "chosen")


def _page(
    request: HttpRequest, subscription: Subscription, token: str, form: LettersForm, *, status: int = 200
) -> HttpResponse:
    campaign = published.find_by_id(
        subscription.campaign_id, audience=Audience.PUBLIC, language=current_language(), at=timezone.now()
    )
    context = {"token": token, "campaign": campaign, "form": form}
    response = render(request, "open/unsubscribe.html", context, status=status)
    patch_cache_control(response, no_store=True)  # it shows what one person chose
    return response


def _done(request: HttpRequest, scope: str) -> HttpResponse:
    return render(request, "open/unsubscribed.html", {"scope": scope})
