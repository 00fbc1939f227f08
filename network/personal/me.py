"""/me/: what you did, what we may send, take it with you, leave."""

from __future__ import annotations

import json

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network.flows import endorsing, erasing, quieting
from network.models import ContactConsent, Endorsement
from network.personal.preferences import PreferencesForm
from network.personal.request import PersonalRequest


@login_required
@require_safe
def me(request: PersonalRequest) -> HttpResponse:
    person = request.user
    context = {
        "person": person,
        "endorsement": Endorsement.objects.confirmed().filter(person=person).select_related("principles").first(),
        "preferences": PreferencesForm.of(person),
        "consents": ContactConsent.objects.in_force().for_alerts().filter(person=person).select_related("organisation"),
    }
    return render(request, "personal/me.html", context)


@login_required
@require_safe
def export(request: PersonalRequest) -> HttpResponse:
    """Everything held about the reader, as one JSON file."""
    body = json.dumps(erasing.disclose(request.user), default=str, ensure_ascii=False, indent=2)
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="hamseda-my-data.json"'
    return response


@login_required
@require_POST
def leave_network(request: PersonalRequest) -> HttpResponse:
    endorsing.withdraw(request.user, at=timezone.now())
    return HttpResponseRedirect(reverse("me"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def quiet(request: PersonalRequest) -> HttpResponse:
    """Says what it does, with one button; nobody in a hurry has to understand more."""
    if request.method != "POST":
        return render(request, "personal/quiet.html")
    quieting.be_quiet(request.user.pk, at=timezone.now())
    return HttpResponseRedirect(reverse("me"))


@login_required
@require_POST
def safe_again(request: PersonalRequest) -> HttpResponse:
    quieting.be_safe_again(request.user.pk, at=timezone.now())
    return HttpResponseRedirect(reverse("me"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: PersonalRequest) -> HttpResponse:
    """Asks once more, then erases; the farewell is an open page, because nobody is signed in any more."""
    if request.method != "POST":
        return render(request, "personal/erase.html")
    person = request.user
    logout(request)
    erasing.erase(person, at=timezone.now())
    return HttpResponseRedirect(reverse("erased"))
