"""Buttons of an alert that is out: pause and cancel need one person, going on needs an approver."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from network.open.errors import refusal
from network.permissions import MAY_APPROVE, MAY_EDIT
from network.personal.request import PersonalRequest
from network.refusals import Refused
from network.workspace.access import deciding, for_roles
from notifications.flows import steering
from notifications.models import Alert


def _steer(request: PersonalRequest, alert_id: int, flow: Callable) -> HttpResponse:
    get_object_or_404(Alert, pk=alert_id)
    flow(alert_id, by=request.user, at=timezone.now())
    return HttpResponseRedirect(reverse("alert", args=[alert_id]))


@for_roles(MAY_EDIT)
@require_POST
def pause(request: PersonalRequest, alert_id: int) -> HttpResponse:
    return _steer(request, alert_id, steering.pause)


@for_roles(MAY_EDIT)
@require_POST
def cancel(request: PersonalRequest, alert_id: int) -> HttpResponse:
    return _steer(request, alert_id, steering.cancel)


@for_roles(MAY_EDIT)
@require_POST
def take_back(request: PersonalRequest, alert_id: int) -> HttpResponse:
    """One person is enough, as for every stop."""
    try:
        return _steer(request, alert_id, steering.take_back)
    except Refused as refused:
        return refusal(request, refused)


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def let_go(request: PersonalRequest, alert_id: int) -> HttpResponse:
    return _steer(request, alert_id, steering.let_go)


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def resume(request: PersonalRequest, alert_id: int) -> HttpResponse:
    return _steer(request, alert_id, steering.resume)


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def resend(request: PersonalRequest, alert_id: int) -> HttpResponse:
    return _steer(request, alert_id, steering.resend_failed)


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def send_again(request: PersonalRequest, alert_id: int) -> HttpResponse:
    """To those of whom nobody knows; the page has said that some will have it twice."""
    return _steer(request, alert_id, steering.resend_uncertain)
