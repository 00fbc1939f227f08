"""Error pages: what happened, whether anything was recorded, and where to go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from network.api.problems import is_api, problem_page
from network.open.chrome import in_workspace, languages_at
from network.open.guard import is_foreign, is_unproven
from network.refusals import Refused


def malformed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if is_api(request):
        return problem_page(400, "This request cannot be read.")
    return render(request, "errors/400.html", status=400)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if is_api(request):
        return problem_page(404, "There is nothing here under this address.")
    return render(request, "errors/404.html", _nowhere(request), status=404)


def broken(request: HttpRequest) -> HttpResponse:
    if is_api(request):
        return problem_page(500, "Something broke on our side. Whether the request was recorded cannot be told.")
    return render(request, "errors/500.html", status=500)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A personal form whose CSRF token is missing or old: usually a page left open too long."""
    return (
        signed_out(request)
        if in_workspace(request.path_info)
        else render(request, "errors/stale_form.html", status=403)
    )


def signed_out(request: HttpRequest) -> HttpResponse:
    """A form of the workspace, sent after its session ended: the page holds what was written, to be sent again. Only what
    our own page sent is held; another site's words stand on none of ours."""
    is_ours = not is_foreign(request) and not is_unproven(request)
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if is_ours and name != "csrfmiddlewaretoken"
    ]
    user = getattr(request, "user", None)
    context = {"fields": fields, "is_signed_in": user is not None and user.is_authenticated}
    return render(request, "errors/stale_form.html", context, status=403)


def gone(request: HttpRequest) -> HttpResponse:
    """The same page for every reason; shows no name and asks nothing."""
    return render(request, "errors/410.html", _nowhere(request), status=410)


def _nowhere(request: HttpRequest) -> dict[str, Any]:
    """An address may hold a name: a page that says it is gone, or that there is none, repeats it in no link. Its languages
    lead to the first page instead."""
    return (
        {} if in_workspace(request.path_info) else {"languages": languages_at("/"), "has_no_twins": True, "section": ""}
    )


def refusal(request: HttpRequest, refused: Refused, *, missing: Sequence[str] = ()) -> HttpResponse:
    """A flow's "no", as a page in the reader's language. missing: what stands in the way, each in words."""
    works_here = in_workspace(request.path_info) and getattr(request, "user", None) is not None
    base = "workspace/base.html" if works_here and request.user.is_authenticated else "base.html"
    return render(
        request,
        "errors/refused.html",
        {"reason": refused.reason, "missing": missing, "base": base},
        status=refused.status,
    )
