"""Co-hosting: a partner's administrator asks, an approver of the host answers, either ends it."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from campaigns.flows.campaign import cohosting
from campaigns.models import CoHosting
from campaigns.publishing import campaign as published
from campaigns.publishing.audiences import Audience
from campaigns.workspace.pressing import pressed
from network.models import Organisation
from network.open.errors import missing, refusal
from network.permissions import MAY_APPROVE
from network.personal.request import PersonalRequest
from network.refusals import Refused
from network.workspace.access import deciding, for_roles
from network.workspace.organisation import for_administrators


@for_administrators
@deciding
@require_POST
def ask(request: PersonalRequest, organisation: Organisation, slug: str) -> HttpResponse:
    form = published.find(slug, audience=Audience.PUBLIC, language="en", at=timezone.now())
    if form is None or organisation.kind != Organisation.Kind.PARTNER:
        return missing(request)
    try:
        cohosting.ask(form.id, organisation, by=request.user, at=timezone.now())
    except Refused as refused:
        return refusal(request, refused)
    return HttpResponseRedirect(reverse("organisation", args=[organisation.public_id]))


@for_administrators
@require_POST
def leave(request: PersonalRequest, organisation: Organisation, cohosting_id: int) -> HttpResponse:
    if not CoHosting.objects.of(organisation).filter(pk=cohosting_id).exists():
        return missing(request)
    cohosting.end(cohosting_id, by=request.user, at=timezone.now())
    return HttpResponseRedirect(reverse("organisation", args=[organisation.public_id]))


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def accept(request: PersonalRequest, cohosting_id: int) -> HttpResponse:
    row = CoHosting.objects.filter(pk=cohosting_id).first()
    return pressed(request, cohosting_id, cohosting.accept, reverse("draft", args=[row.campaign_id]) if row else "")


@for_roles(MAY_APPROVE)
@require_POST
def decline(request: PersonalRequest, cohosting_id: int) -> HttpResponse:
    row = CoHosting.objects.filter(pk=cohosting_id).first()
    if row is None:
        return missing(request)
    verb = cohosting.decline if row.state == CoHosting.State.ASKED else cohosting.end
    verb(row.pk, by=request.user, at=timezone.now())
    return HttpResponseRedirect(reverse("draft", args=[row.campaign_id]))
