"""/organise/keeping/: the browser sends what is being written, every few seconds, while it is being written."""

from __future__ import annotations

import json
from typing import Any

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
    if not _is_form(words) or not in_workspace(place) or len(place) > PLACE_CHARACTERS:
        return HttpResponseBadRequest()
    keeping.keep(request.user.pk, place, words, at=timezone.now())
    return HttpResponse(status=204)


def _is_form(words: Any) -> bool:
    """{name: [values]}: a box that is not ticked is a name without its value."""
    return isinstance(words, dict) and all(
        isinstance(values, list) and all(isinstance(one, str) for one in values) for values in words.values()
    )
