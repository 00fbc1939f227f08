"""Cases as anybody may read them, and as a partner may that was given more: published forms and nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.api import examples
from campaigns.api.forms import LawForm, NameForm, StatusForm
from campaigns.api.resources import PAGE, Published
from campaigns.models import CaseGrant
from campaigns.publishing import case as published
from campaigns.publishing import photo
from campaigns.publishing.audiences import Audience
from campaigns.publishing.case import PublishedCase
from campaigns.publishing.together import companions_of
from network.api.problems import Gone
from network.api.resource import page_of, paged
from network.api.schema import LANGUAGE, described, of_pages, page_example
from network.models import ApiKey


class CodeForm(serializers.Serializer):
    code = serializers.CharField()
    words = serializers.CharField(help_text="in the language asked for")


class EventForm(serializers.Serializer):
    kind = serializers.CharField()
    words = serializers.CharField(source="label", help_text="the kind in the language asked for")
    text = serializers.CharField()
    from_earliest = serializers.DateField()
    from_latest = serializers.DateField()
    reported = serializers.CharField()
    is_corroborated = serializers.BooleanField(help_text="somebody else confirms it, independently")


class WordsForm(serializers.Serializer):
    original = serializers.CharField()
    original_language = serializers.CharField()
    translation = serializers.CharField(allow_blank=True, help_text="only where they agreed to one")
    said_on = serializers.DateField()


class CorrectionForm(serializers.Serializer):
    on = serializers.DateField()
    text = serializers.CharField()


class SizeForm(serializers.Serializer):
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    url = serializers.URLField()


class PhotoForm(serializers.Serializer):
    alt = serializers.CharField(allow_blank=True)
    credit = serializers.CharField(allow_blank=True)
    licence = serializers.CharField(allow_blank=True)
    sizes = SizeForm(many=True)


class CompanionForm(serializers.Serializer):
    kind = serializers.CharField()
    case = serializers.UUIDField(source="case.public_id")


class CaseForm(serializers.Serializer):
    id = serializers.UUIDField(source="form.public_id")
    url = serializers.URLField(allow_null=True, help_text="its page; null where only partners may read it")
    defender = serializers.UUIDField(source="form.defender.public_id")
    names = NameForm(many=True, source="form.defender.names")
    is_alias = serializers.BooleanField(source="form.defender.is_alias")
    language = serializers.CharField(source="form.language", help_text="of the words below")
    languages = serializers.ListField(source="form.languages", child=serializers.CharField())
    who = serializers.CharField(source="form.who")
    summary = serializers.CharField(source="form.summary")
    story_html = serializers.CharField(source="form.story_html", allow_blank=True, help_text="safe HTML")
    country = serializers.CharField(source="form.country", allow_blank=True, help_text="ISO 3166-1")
    province = serializers.CharField(source="form.province_code", allow_blank=True, help_text="ISO 3166-2")
    age = serializers.IntegerField(source="form.age", allow_null=True, help_text="in years, when it happened")
    sectors = CodeForm(many=True)
    rights = CodeForm(many=True)
    statuses = StatusForm(many=True, source="form.statuses")
    timeline = EventForm(many=True, source="form.timeline")
    own_words = WordsForm(many=True, source="form.own_words")
    corrections = CorrectionForm(many=True, source="form.corrections")
    law = LawForm(many=True, source="form.law")
    photo = PhotoForm(allow_null=True)
    together_with = CompanionForm(many=True, help_text="published cases that belong with this one")
    is_memorial = serializers.BooleanField(source="form.is_memorial")
    is_archived = serializers.BooleanField(source="form.is_archived")
    verified_on = serializers.DateField(source="form.verified_on", allow_null=True)
    published_at = serializers.DateTimeField(source="form.published_at")
    show_until = serializers.DateTimeField(source="form.until", help_text="ask again before then; it may have to go")


class GrantForm(serializers.Serializer):
    licence = serializers.CharField(help_text="what you may do with it")
    expires_at = serializers.DateTimeField()
    case_id = serializers.UUIDField()
    case = CaseForm(allow_null=True, help_text="null: it may not be shown now; delete your copy")


def case_form(form: PublishedCase, *, language: str, at: datetime, pictures: str = "photo") -> dict[str, Any]:
    """pictures: the address at which its photograph is fetched; a partner's is another, and needs its key."""
    with translation.override(form.language):
        url = f"{settings.SITE_URL}{reverse('case_page', args=[form.slug])}"
    return {
        "form": form,
        "url": url,
        "sectors": [{"code": code, "words": words} for code, words in form.sectors],
        "rights": [{"code": code, "words": words} for code, words in form.rights],
        "photo": _photo(form, pictures),
        "together_with": companions_of(form, audience=Audience.PUBLIC, language=language, at=at),
    }


def _photo(form: PublishedCase, pictures: str) -> dict[str, Any] | None:
    if form.photo is None:
        return None
    return {
        "alt": form.photo.alt,
        "credit": form.photo.credit,
        "licence": form.photo.licence,
        "sizes": [
            {
                "width": width,
                "height": height,
                "url": f"{settings.SITE_URL}{reverse(pictures, args=[form.photo.token, width])}",
            }
            for width, height in form.photo.sizes
        ],
    }


class Cases(Published):
    @described(
        of_pages(CaseForm),
        name="cases",
        tag="cases",
        summary="Cases, as they may be told",
        says="What may be told of each, by name or by alias, as consent covers it now. Oldest first.",
        example=page_example(examples.CASE),
        parameters=PAGE,
    )
    def get(self, request: Request) -> Response:
        forms, following = page_of(request, self.cases_after, id_of=lambda form: form.id)
        return paged(CaseForm([self.case_form(form) for form in forms], many=True).data, following)

    def case_form(self, form: PublishedCase) -> dict[str, Any]:
        return case_form(form, language=self.language, at=self.now)

    def cases_after(self, last: int) -> Any:
        for form in published.after(last, audience=Audience.PUBLIC, language=self.language, at=self.now):
            self.keep_until(form.until)
            yield form


class Case(Cases):
    @described(
        CaseForm,
        name="case",
        tag="cases",
        summary="One case",
        says="410 once it may no longer be shown: delete your copy. Nothing says why.",
        example=examples.CASE,
        parameters=(LANGUAGE,),
        problems=(404, 410),
    )
    def get(self, request: Request, id: UUID) -> Response:
        form = published.find(id, audience=Audience.PUBLIC, language=self.language, at=self.now)
        if form is None:
            raise Gone if published.was_published(id) else NotFound("There is no such case.")
        self.keep_until(form.until)
        return Response(CaseForm(self.case_form(form)).data)


class GrantedCases(Published):
    scope = ApiKey.Scope.CASES_READ

    @described(
        of_pages(GrantForm),
        name="granted_cases",
        tag="your organisation",
        summary="Cases your organisation was given to read",
        says="Needs the scope cases.read. As far as consent for partners goes, under the licence named beside it. Photographs "
        "are fetched with the same key.",
        example=page_example(examples.GRANT),
        parameters=PAGE,
        keyed=True,
    )
    def get(self, request: Request) -> Response:
        rows, following = page_of(
            request,
            lambda last: (
                CaseGrant.objects.in_force(self.now)
                .of(request.auth.organisation)
                .select_related("case")
                .filter(pk__gt=last)
                .order_by("pk")
            ),
            id_of=lambda row: row.pk,
        )
        ids = [row.case_id for row in rows]
        forms = published.granted(ids, language=self.language, at=self.now)
        public = published.among(ids, audience=Audience.PUBLIC, language=self.language, at=self.now)
        found = [self.grant_form(row, forms.get(row.case_id), has_page=row.case_id in public) for row in rows]
        return paged(GrantForm(found, many=True).data, following)

    def grant_form(self, row: CaseGrant, form: PublishedCase | None, *, has_page: bool) -> dict[str, Any]:
        case = form and case_form(form, language=self.language, at=self.now, pictures="api_granted_picture")
        if case and not has_page:
            case["url"] = None
        return {
            "licence": row.licence,
            "expires_at": min(row.expires_at, form.until) if form else row.expires_at,
            "case_id": row.case.public_id,
            "case": case,
        }


class GrantedPicture(Published):
    """The bytes of a photograph, for a partner that was given its case to read."""

    scope = ApiKey.Scope.CASES_READ

    @extend_schema(exclude=True)
    def get(self, request: Request, token: UUID, width: int) -> HttpResponse:
        found = photo.find_picture(token, width)
        grants = CaseGrant.objects.in_force(self.now).of(request.auth.organisation)
        grant = found and grants.filter(case__public_id=found.case_public_id).first()
        forms = published.granted([grant.case_id], language=self.language, at=self.now) if grant else {}
        form = forms.get(grant.case_id) if grant else None
        if not found or form is None or form.photo is None or form.photo.token != token:
            raise NotFound("There is no such photograph, or it may no longer be shown: delete your copy.")
        response = HttpResponse(found.content, content_type="image/webp")
        response["X-Content-Type-Options"] = "nosniff"
        return response
