"""Open pages of the record: the list with its filters, a person's page, a case's page, a photograph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from campaigns.flows.campaign import counting
from campaigns.models import PageAddress
from campaigns.open.caching import kept_briefly, kept_here
from campaigns.publishing import addresses, photo
from campaigns.publishing import campaign as campaigns
from campaigns.publishing import case as published
from campaigns.publishing.audiences import Audience
from campaigns.publishing.campaign import PublishedCampaign
from campaigns.publishing.case import PublishedCase
from campaigns.publishing.folding import fold
from campaigns.publishing.together import Companion, companions_of
from network.countries import name_of
from network.languages import current_language
from network.open.errors import gone, missing
from network.open.paging import page_of

Page = PageAddress.Page
FILTERS = ("right", "sector", "province", "status", "state")


@kept_here
@require_safe
def defenders(request: HttpRequest) -> HttpResponse:
    """Everybody of whom something may be told, filtered by what may be told of them and by nothing else."""
    now = timezone.now()
    every = [
        form
        for form in published.listed(audience=Audience.PUBLIC, language=current_language(), at=now)
        if not form.is_archived
    ]
    asked = {name: request.GET.get(name, "")[:40] for name in FILTERS}
    words = request.GET.get("q", "")[:80]
    found = [form for form in every if _fits(form, asked) and _is_called(form, words)]
    context = {
        **page_of(request, found),
        "total": len(found),
        "filters": _filters(every, asked),
        "words": words,
        "query": urlencode({name: value for name, value in {**asked, "q": words}.items() if value}),
        "is_filtered": bool(words) or any(asked.values()),
    }
    return kept_briefly(render(request, "open/defenders.html", context), every, at=now)


def _fits(form: PublishedCase, asked: dict[str, str]) -> bool:
    told = {
        "right": {code for code, _ in form.rights},
        "sector": {code for code, _ in form.sectors},
        "province": {form.province_code},
        "status": {status.value for status in form.statuses},
        "state": {form.country},
    }
    return all(not value or value in told[name] for name, value in asked.items())


def _is_called(form: PublishedCase, words: str) -> bool:
    """Search over published names and words alone, folded as the guard folds them."""
    needle = fold(words)
    text = " ".join([*(name.text for name in form.defender.names), form.who, form.summary])
    return not needle or needle in fold(text)


def _filters(every: Iterable[PublishedCase], asked: dict[str, str]) -> list[dict[str, Any]]:
    """Each filter with the choices that some published case has: a choice never tells of an unpublished one."""
    choices: dict[str, dict[str, Any]] = {name: {} for name in FILTERS}
    for form in every:
        choices["right"].update(form.rights)
        choices["sector"].update(form.sectors)
        choices["status"].update({status.value: status.words for status in form.statuses})
        if form.province_code:
            choices["province"][form.province_code] = form.province
        if form.country:
            choices["state"][form.country] = name_of(form.country, current_language())
    return [
        {"name": name, "chosen": asked[name], "choices": sorted(found.items(), key=lambda item: str(item[1]))}
        for name, found in choices.items()
        if found
    ]


@kept_here
@require_safe
def defender(request: HttpRequest, slug: str) -> HttpResponse:
    """A person: the latest case in full, the others beside it."""
    now = timezone.now()
    holder = addresses.holder_of(Page.DEFENDER, slug)
    language = current_language()
    forms = published.of_defender(holder, audience=Audience.PUBLIC, language=language, at=now) if holder else []
    if not forms:
        return absent(request, Page.DEFENDER, slug)
    return _page(request, forms[0], forms[1:], at=now)


@kept_here
@require_safe
def case(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    form = find(slug, at=now)
    if form is None:
        return absent(request, Page.CASE, slug)
    return _page(request, form, [], at=now)


def find(slug: str, *, at: datetime) -> PublishedCase | None:
    holder = addresses.holder_of(Page.CASE, slug)
    if holder is None:
        return None
    return published.find(holder, audience=Audience.PUBLIC, language=current_language(), at=at)


def absent(request: HttpRequest, page: str, slug: str) -> HttpResponse:
    """What was seen once is gone; what never was seen is unknown, embargoed or not: nobody can tell the difference."""
    return gone(request) if addresses.was_seen(page, slug) else missing(request)


def _page(request: HttpRequest, form: PublishedCase, others: list[PublishedCase], *, at: datetime) -> HttpResponse:
    around = around_of(form, at=at)
    context = {**around.context(), "picture": f"{request.path}share.png", "others": others}
    response = render(request, "open/defender.html", context)
    return kept_briefly(response, [form, *others, *around.asks, *(one.case for one in around.companions)], at=at)


@dataclass(frozen=True, kw_only=True)
class Around:
    """A case's form and what stands beside it on its page; the preview shows the same."""

    form: PublishedCase
    asks: list[PublishedCampaign]
    companions: list[Companion]

    def context(self) -> dict[str, Any]:
        form, language = self.form, current_language()
        tallies = counting.tallies_of([ask.main.id for ask in self.asks if ask.main])
        return {
            "case": form,
            "companions": self.companions,
            "title": form.defender.name_in(language).text,
            "state": name_of(form.country, language) if form.country else "",
            "asks_now": any(ask.is_joinable for ask in self.asks),
            "campaigns": [{"form": ask, "count": tallies.get(ask.main.id, 0) if ask.main else 0} for ask in self.asks],
        }


def around_of(form: PublishedCase, *, at: datetime) -> Around:
    language, public = current_language(), Audience.PUBLIC
    return Around(
        form=form,
        asks=campaigns.for_defender(form.defender.public_id, audience=public, language=language, at=at),
        companions=companions_of(form, audience=public, language=language, at=at),
    )


@require_safe
def picture(request: HttpRequest, token: UUID, width: int) -> HttpResponse:
    """The bytes of a photograph, if the case's page would show exactly this one now."""
    now = timezone.now()
    found = photo.find_picture(token, width)
    form = found and published.find(found.case_public_id, audience=Audience.PUBLIC, language="en", at=now)
    if not found or not form or form.photo is None or form.photo.token != token:
        never_had = found is None and photo.is_standing(token)  # it is there, and never had this size
        return gone(request) if photo.was_shown(token) and not never_had else missing(request)
    response = HttpResponse(found.content, content_type="image/webp")
    response["X-Content-Type-Options"] = "nosniff"
    left = int((form.until - now).total_seconds())
    patch_cache_control(response, public=True, max_age=max(0, min(settings.PAGE_CACHE_SECONDS, left)))
    return response
