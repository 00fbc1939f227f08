"""The API's own description: as OpenAPI for machines, as a page for people. Both are made from the code that answers."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from network.api.problems import KINDS, problem_page
from network.api.schema import DETAILS
from network.models import ApiKey

KEEP_SECONDS = 300
KEY_HEADER = '-H "Authorization: Bearer hk_…" '
TAGS = ("campaigns", "cases", "changes", "network", "your organisation")  # what most readers come for, first


@cache
def document() -> dict[str, Any]:
    """OpenAPI 3.1 as plain data; made once in a process."""
    made: dict[str, Any] = json.loads(json.dumps(SchemaGenerator().get_schema(request=None, public=True), default=str))
    made["servers"] = [{"url": settings.SITE_URL}]
    return made


def openapi(request: HttpRequest) -> HttpResponse:
    if request.method not in {"GET", "HEAD"}:
        return problem_page(405, "This is only read.")
    response = HttpResponse(
        json.dumps(document(), ensure_ascii=False, indent=1), content_type="application/vnd.oai.openapi+json"
    )
    response["Cache-Control"] = f"public, max-age={KEEP_SECONDS}"
    return response


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """/api/: a quick start that can be pasted, then every address with an example of its answer."""
    context = {
        "groups": _groups(document()),
        "problems": [(status, kind, DETAILS.get(status, "")) for status, kind in KINDS.items()],
        "scopes": ApiKey.Scope.values,
        "site_url": settings.SITE_URL,
        "per_key": settings.API_REQUESTS_PER_KEY_PER_MINUTE,
        "per_client": settings.API_REQUESTS_PER_CLIENT_PER_MINUTE,
    }
    response = render(request, "open/api_reference.html", context)
    response["Cache-Control"] = f"public, max-age={settings.PAGE_CACHE_SECONDS}"
    return response


def _groups(made: dict[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in made["paths"].items():
        operation = methods["get"]
        groups.setdefault(operation["tags"][0], []).append(_operation(path, operation, made))
    return sorted(groups.items(), key=lambda group: TAGS.index(group[0]))


def _operation(path: str, operation: dict[str, Any], made: dict[str, Any]) -> dict[str, Any]:
    content = next(iter(operation["responses"]["200"]["content"].values()))
    example = next(iter(content["examples"].values()))["value"]
    return {
        "id": operation["operationId"],
        "path": path,
        "summary": operation["summary"],
        "says": _marked(operation["description"]),
        "parameters": [
            {**parameter, "says": _said(parameter.get("description", ""), parameter["schema"])}
            for parameter in operation.get("parameters", [])
        ],
        "needs_key": {} not in operation["security"],
        "answers": sorted(status for status in operation["responses"] if status not in {"200"}),
        "fields": _fields(content["schema"], made),
        "example": json.dumps(example, ensure_ascii=False, indent=2),
        "curl": f"curl {'' if {} in operation['security'] else KEY_HEADER}{settings.SITE_URL}{path}",
    }


def _marked(text: str) -> SafeString:
    """What machines read as Markdown: on the page its `names` stand as code."""
    return mark_safe(re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text)))


def _said(description: str, schema: dict[str, Any]) -> SafeString:
    """What is said of a field or parameter, and the values it may have."""
    values = ", ".join(f"`{value}`" for value in schema.get("enum", []) if value)
    return _marked(" ".join(part for part in (description, f"One of {values}." if values else "") if part))


def _fields(schema: dict[str, Any], made: dict[str, Any]) -> list[dict[str, Any]]:
    """The fields that have something said about them, one level deep and inside the rows of a page."""
    shape = _resolved(schema, made)
    rows = shape.get("properties", {}).get("results", {}).get("items")
    shape = _resolved(rows, made) if rows else shape
    fields = [
        {"name": name, "says": _said(field.get("description", ""), _resolved(field, made))}
        for name, field in shape.get("properties", {}).items()
    ]
    return [field for field in fields if field["says"]]


def _resolved(schema: dict[str, Any], made: dict[str, Any]) -> dict[str, Any]:
    if alone := schema.get("allOf"):
        schema = alone[0]
    if "$ref" in schema:
        return made["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema
