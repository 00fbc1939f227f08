"""/api/v1/changes: what changed since a cursor."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from network.api.resource import Resource, limit_of
from network.api.schema import LANGUAGE, LIMIT, described
from network.models import ApiKey
from notifications.publishing import changes

AFTER = OpenApiParameter(
    "after", str, description="`next` or `latest` of an earlier answer. Without it: from the start."
)

TYPES = [(name, name) for name in sorted({name for name, _ in changes.TOLD.values()})]


class ChangeForm(serializers.Serializer):
    type = serializers.ChoiceField(TYPES)
    id = serializers.CharField(help_text="fetch the current form of this; 410 means: delete your copy")
    cursor = serializers.CharField()


class ChangesForm(serializers.Serializer):
    changes = ChangeForm(many=True)
    next = serializers.CharField(help_text="ask again with after=…; stays the same while nothing is new")
    latest = serializers.CharField(help_text="the end of the log; begin here after reading the collections")
    has_more = serializers.BooleanField()


class ChangeFeed(Resource):
    @described(
        ChangesForm,
        name="changes",
        tag="changes",
        summary="What changed, in order",
        says=(
            "First ask once and keep `latest`, then read the collections, then ask with after=… again and again. With a "
            "key that has changes.read you also get what concerns your organisation. 410: begin again with the "
            "collections."
        ),
        example={
            "changes": [
                {"type": "campaign.published", "id": "5b0d5b3a-94a4-4f0a-8a86-0f6f6f0f3b11", "cursor": "M2Y5YTU1MC43"}
            ],
            "next": "M2Y5YTU1MC45",
            "latest": "M2Y5YTU1MC45",
            "has_more": False,
        },
        parameters=(AFTER, LIMIT, LANGUAGE),
        problems=(403, 410),
    )
    def get(self, request: Request) -> Response:
        if isinstance(request.auth, ApiKey) and ApiKey.Scope.CHANGES_READ not in request.auth.scopes:
            raise PermissionDenied("This needs a key with the scope changes.read, or no key.")
        after = request.query_params.get("after", "")
        page = changes.read(after, organisation=self.organisation, limit=limit_of(request))
        return Response(ChangesForm(page).data)
