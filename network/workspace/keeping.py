"""/organise/keeping/: the browser sends what is being written, every few seconds, while it is being written."""

from __future__ import annotations

import json

from django.http import HttpResponse, HttpResponseBadRequest
from django.utils import timezone
from django.views.decorators.http import require_POST

from network.flows import keeping
from network.open.chrome import in_workspace
from network.permissions import MAY_EDIT
from network.personal.request import PersonalRequest
from network.workspace.access import for_roles

PLACE_CHARACTERS = 200


@for_roles(MAY_EDIT)
@require_POST
def keep(request: PersonalRequest) -> HttpResponse:
    place = request.POST.get("place", "")
    try:
        words = json.loads(request.POST.get("words", ""))
    except ValueError:
        return HttpResponseBadRequest()
    is_form = isinstance(words, dict) and all(isinstance(one, str) for pair in words.items() for one in pair)
    if not is_form or not in_workspace(place) or len(place) > PLACE_CHARACTERS:
        return HttpResponseBadRequest()
    keeping.keep(request.user.pk, place, words, at=timezone.now())
    return HttpResponse(status=204)
