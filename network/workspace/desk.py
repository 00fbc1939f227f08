"""/organise/: what needs me today."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from network.flows import inviting
from network.models import Application, Invitation, Organisation
from network.open.errors import missing, refusal
from network.permissions import MAY_APPROVE, MAY_EDIT, MAY_READ, may, workplaces
from network.personal.request import PersonalRequest
from network.refusals import Refused
from network.workspace.access import deciding, for_roles, signed_in_twice


@signed_in_twice
@require_safe
def desk(request: PersonalRequest) -> HttpResponse:
    """The host's desk; whoever works for partners alone is led to the first one's page."""
    ours = workplaces(request.user)
    if not may(request.user, MAY_READ):
        if not ours:
            return missing(request)
        return HttpResponseRedirect(reverse("organisation", args=[ours[0].public_id]))
    context = {
        "person": request.user,
        "now": timezone.now(),
        "applications": Application.objects.waiting(),
        "proposed": Invitation.objects.filter(
            state=Invitation.State.PROPOSED, organisation__kind=Organisation.Kind.HOST
        ).select_related("made_by"),
        "may_edit": may(request.user, MAY_EDIT),
        "may_approve": may(request.user, MAY_APPROVE),
        "administered": ours,
    }
    return render(request, "workspace/desk.html", context)


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def agree_to_colleague(request: PersonalRequest, invitation_id: UUID) -> HttpResponse:
    """The second yes to a colleague who could approve or administer."""
    if not Invitation.objects.filter(pk=invitation_id, organisation__kind=Organisation.Kind.HOST).exists():
        return missing(request)
    try:
        inviting.agree(invitation_id, by=request.user, at=timezone.now())
    except Refused as refused:
        return refusal(request, refused)
    return HttpResponseRedirect(reverse("desk"))
