"""/organise/style/: every element in each of its states, in every language and so in both directions. What pages are made of."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from network.languages import direction_of
from network.permissions import MAY_READ
from network.personal.request import PersonalRequest
from network.workspace import samples
from network.workspace.access import for_roles


@for_roles(MAY_READ)
@require_safe
def style(request: PersonalRequest) -> HttpResponse:
    """?in=ar shows the elements in Arabic; without it in the page's own language."""
    asked = request.GET.get("in", "")
    shown = asked if asked in dict(settings.LANGUAGES) else translation.get_language()
    with translation.override(shown):
        sampled: dict[str, Any] = {**samples.words_in(shown), **samples.forms_of()}
    return render(
        request,
        "workspace/style.html",
        {"shown": shown, "shown_direction": direction_of(shown), "sampled": sampled, "samples": samples},
    )
