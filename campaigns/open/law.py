"""/law/: the register. Which instruments there are, and since when each binds a State."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from campaigns.publishing import law
from network.countries import name_of
from network.languages import current_language


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """For one State, ?state=IR; without it, the first that is on record."""
    language = current_language()
    states = sorted(((code, name_of(code, language)) for code in law.states()), key=lambda state: state[1])
    asked = request.GET.get("state", "")
    code = asked if asked in dict(states) else (states[0][0] if states else "")
    rows = [(pgettext("law", one.title), law.short_name(one), one, standing) for one, standing in law.standing_of(code)]
    context = {"states": states, "code": code, "state": name_of(code, language), "rows": rows}
    response = render(request, "open/law.html", context)
    response["Cache-Control"] = f"public, max-age={settings.PAGE_CACHE_SECONDS}"
    return response
