"""The one-use link of somebody who is to work in the organisation: it signs in once, to enrol a second factor."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from network import links
from network.models import Person
from network.open.errors import refusal
from network.refusals import LinkSpent, Refused


@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest, token: str) -> HttpResponse:
    """A page with one button. The link is spent with the first sign-in, by it or otherwise."""
    try:
        person = _person(token)
    except Refused as refused:
        return refusal(request, refused)
    if request.method == "POST":
        return perform_login(request, person, email_verification="none", redirect_url=reverse("mfa_activate_totp"))
    return render(request, "account/enrol.html", {"person": person})


def _person(token: str) -> Person:
    proof = links.proof_in(token, salt=links.ENROLMENT)
    person = Person.objects.active().filter(public_id=proof.row_id).first()
    if person is None or person.last_login is not None:
        raise LinkSpent
    proof.require(person.email)
    return person
