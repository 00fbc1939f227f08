"""Partners, as everybody may read them; and what a key's own organisation reads about itself."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from network.api.problems import Gone
from network.api.resource import Resource, page_of, paged
from network.api.schema import CURSOR, LANGUAGE, LIMIT, described, of_pages, page_example
from network.models import ApiKey, Organisation

EXAMPLE = {
    "id": "0c8f2f1e-6d0e-4f0e-9a6e-5b8f5d1c2a10",
    "name": "Reading Rooms Without Walls",
    "country": "QX",
    "website": "https://reading-rooms.example",
    "disclosures": "Paid by members' fees. No money from any government or party.",
    "principles_version": 1,
    "since": "2026-11-01",
}


class PartnerForm(serializers.Serializer):
    id = serializers.UUIDField(source="public_id")
    name = serializers.CharField()
    country = serializers.CharField(help_text="ISO 3166-1")
    website = serializers.URLField()
    disclosures = serializers.CharField(help_text="money and ties, as the organisation states them")
    principles_version = serializers.IntegerField(source="principles.version")
    since = serializers.DateTimeField(source="admitted_at", format="%Y-%m-%d", help_text="a date")


class KeyForm(serializers.Serializer):
    handle = serializers.CharField(help_text="the readable part of the key")
    scopes = serializers.ListField(child=serializers.CharField())
    expires_at = serializers.DateTimeField()


class OwnForm(serializers.Serializer):
    id = serializers.UUIDField(source="public_id")
    name = serializers.CharField()
    kind = serializers.ChoiceField(Organisation.Kind.choices)
    standing = serializers.ChoiceField(Organisation.Standing.choices)
    review_due_at = serializers.DateTimeField(allow_null=True)
    people = serializers.IntegerField(source="people_count", help_text="how many people have a role here")
    key = KeyForm()


class Partners(Resource):
    @described(
        of_pages(PartnerForm),
        name="partners",
        tag="network",
        summary="Partner organisations",
        says="Every partner in good standing that stands by the principles.",
        example=page_example(EXAMPLE),
        parameters=(LANGUAGE, LIMIT, CURSOR),
    )
    def get(self, request: Request) -> Response:
        rows, following = page_of(
            request,
            lambda last: Organisation.objects.listed().select_related("principles").filter(pk__gt=last).order_by("pk"),
            id_of=lambda row: row.pk,
        )
        return paged(PartnerForm(rows, many=True).data, following)


class Partner(Resource):
    @described(
        PartnerForm,
        name="partner",
        tag="network",
        summary="One partner organisation",
        says="410 once it is no partner in good standing any more.",
        example=EXAMPLE,
        parameters=(LANGUAGE,),
        problems=(404, 410),
    )
    def get(self, request: Request, id: UUID) -> Response:
        row = Organisation.objects.partners().select_related("principles").filter(public_id=id).first()
        if row is None:
            raise NotFound("There is no such partner.")
        if not row.is_in_good_standing:
            raise Gone
        return Response(PartnerForm(row).data)


class OwnOrganisation(Resource):
    scope = ApiKey.Scope.ORGANISATION_READ

    @described(
        OwnForm,
        name="organisation",
        tag="your organisation",
        summary="Your organisation, and the key you ask with",
        says="Needs the scope organisation.read.",
        example={
            "id": EXAMPLE["id"],
            "name": EXAMPLE["name"],
            "kind": "partner",
            "standing": "probation",
            "review_due_at": "2027-11-01T09:00:00Z",
            "people": 2,
            "key": {"handle": "5d41402abc4b", "scopes": ["organisation.read"], "expires_at": "2027-11-01T09:00:00Z"},
        },
        parameters=(LANGUAGE,),
        keyed=True,
    )
    def get(self, request: Request) -> Response:
        row = request.auth.organisation
        row.people_count = row.memberships.values("person").distinct().count()
        row.key = request.auth
        return Response(OwnForm(row).data)


COLLECTIONS = (
    "campaigns",
    "actions",
    "tallies",
    "defenders",
    "cases",
    "partners",
    "organisation",
    "organisation/campaigns",
)
ADDRESSES = {
    **{name.replace("/", "_"): f"{settings.SITE_URL}/api/v1/{name}/" for name in COLLECTIONS},
    "changes": f"{settings.SITE_URL}/api/v1/changes",
    "openapi": f"{settings.SITE_URL}/api/v1/openapi.json",
    "reference": f"{settings.SITE_URL}/api/",
}
StartForm = type("StartForm", (serializers.Serializer,), {name: serializers.URLField() for name in ADDRESSES})


class Start(Resource):
    """The addresses, for a client that begins with none but this one."""

    @described(
        StartForm,
        name="start",
        tag="network",
        summary="Where everything is",
        says="The address of every collection.",
        example=ADDRESSES,
        parameters=(LANGUAGE,),
    )
    def get(self, request: Request) -> Response:
        return Response(ADDRESSES)
