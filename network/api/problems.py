"""Problems: every "no" of the API, in the form of RFC 9457."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from network.refusals import Refused

CONTENT_TYPE = "application/problem+json"

# What a client can tell problems apart by; each is explained under its name on the reference page.
KINDS = {
    400: "malformed",
    401: "wrong-key",
    403: "missing-scope",
    404: "unknown",
    405: "method-not-allowed",
    406: "not-acceptable",
    409: "refused",
    410: "gone",
    413: "too-large",
    429: "too-fast",
    500: "fault",
    503: "away",
}


class Gone(exceptions.APIException):
    status_code = 410
    default_detail = "What was here is no longer available. Delete your copy."
    default_code = "gone"


def is_api(request: HttpRequest) -> bool:
    """Whether whoever asks wants JSON: everything below /api/ but the reference page itself."""
    return request.path_info.startswith("/api/") and request.path_info != "/api/"


def problem(status: int, detail: str) -> dict[str, Any]:
    return {
        "type": f"{settings.SITE_URL}/api/#{KINDS.get(status, 'fault')}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }


def problem_page(status: int, detail: str) -> HttpResponse:
    """A problem from outside the API's own views: no such address, a body too large, the database away."""
    response = HttpResponse(json.dumps(problem(status, detail)), status=status, content_type=CONTENT_TYPE)
    response["Cache-Control"] = "no-store"
    return response


def explain(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. None: a fault of ours, which goes the way of all faults."""
    if isinstance(error, Http404):
        error = exceptions.NotFound("There is nothing here under this address.")
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    elif isinstance(error, Refused):
        error = _from_flow(error)
    if not isinstance(error, exceptions.APIException):
        return None
    set_rollback()
    response = Response(problem(error.status_code, _detail(error)), status=error.status_code, content_type=CONTENT_TYPE)
    if wait := getattr(error, "wait", None):
        response["Retry-After"] = str(int(wait))
    if header := getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = header
    response["Cache-Control"] = "no-store"
    return response


def _from_flow(refused: Refused) -> exceptions.APIException:
    error = exceptions.APIException(str(refused.reason))
    error.status_code = refused.status
    return error


def _detail(error: exceptions.APIException) -> str:
    if isinstance(error.detail, dict):
        return " ".join(f"{field}: {' '.join(map(str, said))}" for field, said in error.detail.items())
    if isinstance(error.detail, list):
        return " ".join(map(str, error.detail))
    return str(error.detail)
