"""How long a page may be kept: briefly, and never past the moment at which any of it may have to go.

In front of us by PAGE_CACHE_SECONDS; here, in our own cache, for as long at most, and only while nothing that anybody may see has
changed: each request asks for the epoch of what is published and for the counts, which is a hundredth of making the page.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import datetime, timedelta
from functools import wraps
from http import HTTPStatus
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from campaigns.flows.campaign import counting
from campaigns.publishing.action import PublishedAction
from campaigns.publishing.audiences import Audience
from campaigns.publishing.campaign import PublishedCampaign
from campaigns.publishing.case import PublishedCase
from campaigns.publishing.defender import PublishedDefender
from campaigns.publishing.demand import PublishedDemand
from network.languages import current_language
from network.models import PublicationChange

View = Callable[..., HttpResponse]
# What an earlier release kept is not taken for ours.
KEPT_FORMS = (PublishedCampaign, PublishedAction, PublishedDefender, PublishedDemand)
FORM_FIELDS = ",".join(one.name for form in KEPT_FORMS for one in fields(form))


class Kept(NamedTuple):
    content: bytes
    content_type: str
    until: datetime


def kept_briefly(
    response: HttpResponse, shown: Iterable[PublishedCampaign | PublishedCase], *, at: datetime
) -> HttpResponse:
    """Set Cache-Control to PAGE_CACHE_SECONDS, or less where a consent, risk or embargo ends sooner."""
    seconds = float(settings.PAGE_CACHE_SECONDS)
    for form in shown:
        seconds = min(seconds, (_fresh_until(form) - at).total_seconds())
    response["Cache-Control"] = f"public, max-age={max(0, int(seconds))}"
    response.kept_until = at + timedelta(seconds=seconds)  # type: ignore[attr-defined]
    return response


def _fresh_until(form: PublishedCampaign | PublishedCase) -> datetime:
    return form.fresh_until if isinstance(form, PublishedCampaign) else form.until


def kept_here(view: View) -> View:
    """Decorate an open page that says by `kept_briefly` how long it may be kept. What it is made from is asked before it is made:
    one made meanwhile of something newer is only fresher than its key says."""

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in {"GET", "HEAD"} or request.META.get("QUERY_STRING") or not settings.KEEP_PAGES_HERE:
            return view(request, *args, **kwargs)
        key, now = _key(request), timezone.now()
        entry: Kept | None = cache.get(key)
        if entry is not None and entry.until > now:
            response = HttpResponse(entry.content, content_type=entry.content_type)
            response["Cache-Control"] = f"public, max-age={int((entry.until - now).total_seconds())}"
            return response
        response = view(request, *args, **kwargs)
        until = getattr(response, "kept_until", now)
        if response.status_code == HTTPStatus.OK and until > now:
            kept_one = Kept(bytes(response.content), response["Content-Type"], until)
            cache.set(key, kept_one, timeout=max(1, math.ceil((until - now).total_seconds())))
        return response

    return kept


def kept_form(find: Callable[..., PublishedCampaign | None], slug: str, *, at: datetime) -> PublishedCampaign | None:
    """The public form behind a slug in the page's language, for what needs it at each press: a signature, a count. find: the
    gate's own (publishing.campaign). Kept as pages are, for as long and no longer."""
    language = current_language()
    if not settings.KEEP_PAGES_HERE:
        return find(slug, audience=Audience.PUBLIC, language=language, at=at)
    key = _named("form", slug, language, PublicationChange.objects.epoch(), FORM_FIELDS)
    form: PublishedCampaign | None = cache.get(key)
    if form is not None and form.fresh_until > at:
        return form
    form = find(slug, audience=Audience.PUBLIC, language=language, at=at)
    if form is not None and form.fresh_until > at:
        cache.set(key, form, timeout=settings.PAGE_CACHE_SECONDS)
    return form


def _key(request: HttpRequest) -> str:
    return _named("page", request.get_host(), request.path, PublicationChange.objects.epoch(), counting.mark_of_all())


def _named(kind: str, *parts: str) -> str:
    return f"{kind}:{hashlib.blake2b(' '.join(parts).encode(), digest_size=20).hexdigest()}"
