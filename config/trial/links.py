"""Sign-in links of a trial: a page with one button that signs in as a demo person. Trial only."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from network.models import Person
from network.open.errors import refusal
from network.permissions import works_anywhere
from network.refusals import LinkForged

SALT = "hamseda.trial.sign-in"


def link_for(person: Person) -> str:
    """An address that works for TRIAL_LINK_HOURS on this trial's own secret."""
    token = signing.dumps(person.public_id.hex, salt=SALT)
    return f"{settings.SITE_URL}{reverse('trial_sign_in', args=[token])}"


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest, token: str) -> HttpResponse:
    try:
        public_id = signing.loads(token, salt=SALT, max_age=settings.TRIAL_LINK_HOURS * 3600)
        person = Person.objects.active().get(public_id=public_id)
    except (signing.BadSignature, Person.DoesNotExist):
        return refusal(request, LinkForged())
    if request.method == "POST":
        # Through allauth, so that whoever has a second factor is asked for it.
        landing = reverse("desk") if works_anywhere(person) else reverse("me")
        return perform_login(request, person, email_verification="none", redirect_url=landing)
    return render(request, "trial/sign_in.html", {"person": person})
