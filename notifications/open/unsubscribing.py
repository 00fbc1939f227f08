"""The way out of mail: a page with two buttons, and the one click of RFC 8058. Shows no name and no history."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.publishing import campaign as published
from campaigns.publishing.audiences import Audience
from network.models import Person
from network.open.errors import refusal
from network.refusals import Refused
from notifications.flows import unsubscribing
from notifications.links import Subscription, subscription_behind


@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the choices. POST stops all alerts: mail providers send it for one click, without cookie or Origin,
    and the token alone says whose; so this form has no guard."""
    try:
        subscription = subscription_behind(token)
    except Refused as refused:
        return refusal(request, refused)
    if request.method != "POST":
        return _page(request, subscription, token)
    person = Person.objects.filter(public_id=subscription.person).first()
    if person is not None:  # erased since: there is nothing left to stop, and nothing to tell
        unsubscribing.stop_alerts(person, at=timezone.now())
    return render(request, "open/unsubscribed.html", {"scope": "all"})


@require_POST
def mute(request: HttpRequest, token: str) -> HttpResponse:
    try:
        subscription = subscription_behind(token)
    except Refused as refused:
        return refusal(request, refused)
    person = Person.objects.filter(public_id=subscription.person).first()
    if person is not None:
        unsubscribing.mute_campaign(person, subscription.campaign_id, at=timezone.now())
    return render(request, "open/unsubscribed.html", {"scope": "campaign"})


def _page(request: HttpRequest, subscription: Subscription, token: str) -> HttpResponse:
    campaign = published.find_by_id(
        subscription.campaign_id, audience=Audience.PUBLIC, language=get_language(), at=timezone.now()
    )
    return render(request, "open/unsubscribe.html", {"token": token, "campaign": campaign})
