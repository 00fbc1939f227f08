"""How the API describes itself: OpenAPI 3.1, with every problem an operation may answer and an example of each answer."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers

from network.api.problems import CONTENT_TYPE, KINDS, problem


class KeyScheme(OpenApiAuthenticationExtension):
    target_class = "network.api.authentication.KeyAuthentication"
    name = "key"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "A key of your organisation, hk_…"}


class Problem(serializers.Serializer):
    """RFC 9457."""

    type = serializers.URLField(help_text="which problem; explained at this address")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="what was wrong this time")


DETAILS = {
    400: "limit: a whole number from 1 to 200.",
    401: "This key is unknown, revoked or expired, or its organisation is suspended.",
    403: "This needs a key with the scope campaigns.read.",
    404: "There is nothing here under this address.",
    405: 'Method "POST" not allowed.',
    406: "Could not satisfy the request Accept header.",
    409: "What was asked cannot be done as things stand.",
    410: "What was here is no longer available. Delete your copy.",
    413: "The body is larger than anything this address asks for.",
    429: "Request was throttled. Expected available in 20 seconds.",
    500: "Something broke on our side. Whether the request was recorded cannot be told.",
    503: "The database is away. Ask again in half a minute.",
}

LANGUAGE = OpenApiParameter(
    "language", str, enum=[code for code, _ in settings.LANGUAGES], description="The language of words and addresses."
)
LIMIT = OpenApiParameter("limit", int, description=f"How many on a page, at most {settings.API_PAGE_ROWS_MAX}.")
CURSOR = OpenApiParameter("cursor", str, description="Where the page begins: taken from an earlier answer, never made.")


def described(
    serializer: Any, *, example: Any, summary: str, says: str, name: str, tag: str,
    parameters: tuple[OpenApiParameter, ...] = (), problems: tuple[int, ...] = (), keyed: bool = False,
) -> Any:  # fmt: skip
    """Decorate a GET: its answer with an example, its parameters, and the problems it may answer besides 400, 401, 429."""
    answers: dict[Any, Any] = {
        200: OpenApiResponse(serializer, examples=[OpenApiExample(name, value=example, response_only=True)])
    }
    answers[304] = OpenApiResponse(description="Nothing changed since the ETag in If-None-Match.")
    for status in sorted({400, 401, 429, *problems, *((403,) if keyed else ())}):
        answers[(status, CONTENT_TYPE)] = OpenApiResponse(
            Problem,
            description=KINDS[status],
            examples=[OpenApiExample(f"problem_{status}", value=problem(status, DETAILS[status]), response_only=True)],
        )
    match = OpenApiParameter("If-None-Match", OpenApiTypes.STR, OpenApiParameter.HEADER, description="An earlier ETag.")
    return extend_schema(
        operation_id=name,
        summary=summary,
        description=says,
        tags=[tag],
        parameters=[*parameters, match],
        responses=answers,
        auth=[{"key": []}] if keyed else [{}, {"key": []}],  # type: ignore[list-item]  # as the specification has it
    )


def of_pages(item: type[serializers.Serializer]) -> Any:
    """The serializer of one page of `item`."""
    name = f"{item.__name__}Page"
    fields = {
        "results": item(many=True),
        "next": serializers.URLField(allow_null=True, help_text="The next page; null at the end."),
    }
    return type(name, (serializers.Serializer,), fields)


def page_example(item: dict[str, Any]) -> dict[str, Any]:
    return {"results": [item], "next": None}
