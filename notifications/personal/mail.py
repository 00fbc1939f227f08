"""What we may send: the switch for all alerts, on the supporter's own page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from network.flows import consenting
from network.models import Organisation
from network.personal.request import PersonalRequest
from notifications.flows import unsubscribing


@login_required
@require_POST
def stop(request: PersonalRequest) -> HttpResponse:
    unsubscribing.stop_alerts(request.user, at=timezone.now())
    return HttpResponseRedirect(reverse("me"))


@login_required
@require_POST
def resume(request: PersonalRequest) -> HttpResponse:
    consenting.give(request.user, Organisation.objects.host(), through="my-page", at=timezone.now())
    return HttpResponseRedirect(reverse("me"))
