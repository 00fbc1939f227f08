"""/organise/: what needs me today."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from network.permissions import MAY_READ
from network.personal.request import PersonalRequest
from network.workspace.access import for_roles


@for_roles(MAY_READ)
@require_safe
def desk(request: PersonalRequest) -> HttpResponse:
    return render(request, "workspace/desk.html", {"person": request.user, "now": timezone.now()})
