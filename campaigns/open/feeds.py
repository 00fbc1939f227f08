"""/feeds/…: Atom, for readers and for programs. What falls silent leaves a tombstone (RFC 6721), without a reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, rfc3339_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.open.caching import kept_briefly
from campaigns.publishing import campaign as campaigns
from campaigns.publishing import case as cases
from campaigns.publishing import update as updates
from campaigns.publishing.audiences import Audience
from network.languages import current_language

TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"


class FeedWithTombstones(Atom1Feed):
    """gone: (urn, when it fell silent) of entries somebody may still keep."""

    def latest_post_date(self) -> datetime:
        """Never earlier than the last silence: a feed that seems unchanged is not read again."""
        return max([super().latest_post_date(), *(moment for _, moment in self.feed["gone"])])

    def root_attributes(self) -> dict[str, Any]:
        return {**super().root_attributes(), "xmlns:at": TOMBSTONES}

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for urn, moment in self.feed["gone"]:
            handler.addQuickElement("at:deleted-entry", "", {"ref": urn, "when": rfc3339_date(moment)})


@require_safe
def campaign_feed(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    listed = campaigns.listed(audience=Audience.PUBLIC, language=get_language(), at=now)[: settings.FEED_ENTRIES]
    news = updates.updates_of_each(listed, language=current_language())
    told = {form.public_id for form in listed} | {one.public_id for each in news.values() for one in each}
    gone = [*campaigns.gone_since(settings.FEED_ENTRIES), *updates.gone(settings.FEED_ENTRIES)]
    feed = _feed(_("Campaigns"), "campaigns", "feed_campaigns", gone, told)
    for form in listed:
        feed.add_item(
            title=f"{form.title}: {form.defender.name_in(form.language).text}",
            link=f"{settings.SITE_URL}{reverse('campaign', args=[form.slug])}",
            description=form.deck,
            unique_id=_urn(form.public_id),
            pubdate=_midnight(form.opened_on),
            updateddate=_midnight(form.opened_on),
        )
    latest = sorted(
        ((one, form) for form in listed for one in news[form.id]), key=lambda pair: pair[0].published_at, reverse=True
    )
    for one, form in latest[: settings.FEED_ENTRIES]:
        feed.add_item(
            title=f"{form.title}: {one.title}",
            link=f"{settings.SITE_URL}{reverse('campaign', args=[form.slug])}#news-{one.public_id}",
            description=one.html,
            unique_id=_urn(one.public_id),
            pubdate=one.published_at,
            updateddate=one.published_at,
        )
    return _answer(feed, listed, now)


@require_safe
def case_feed(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    told = cases.listed(audience=Audience.PUBLIC, language=current_language(), at=now)
    listed = [form for form in told if not form.is_archived][: settings.FEED_ENTRIES]
    shown = {form.public_id for form in listed}
    feed = _feed(_("Defenders"), "defenders", "feed_cases", cases.gone_since(settings.FEED_ENTRIES), shown)
    for form in listed:
        feed.add_item(
            title=form.defender.name_in(form.language).text,
            link=f"{settings.SITE_URL}{reverse('case_page', args=[form.slug])}",
            description=form.summary,
            unique_id=_urn(form.public_id),
            pubdate=form.published_at,
            updateddate=form.published_at,
        )
    return _answer(feed, listed, now)


def _feed(title: str, page: str, own: str, gone: list[tuple[UUID, datetime]], shown: set[UUID]) -> FeedWithTombstones:
    return FeedWithTombstones(
        title=f"Hamseda · {title}",
        link=f"{settings.SITE_URL}{reverse(page)}",
        description=title,
        language=get_language(),
        author_name=settings.OPERATOR_NAME,
        feed_url=f"{settings.SITE_URL}{reverse(own)}",
        gone=[(_urn(public_id), moment) for public_id, moment in gone if public_id not in shown],
    )


def _answer(feed: FeedWithTombstones, listed: list, now: datetime) -> HttpResponse:
    response = HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    return kept_briefly(response, listed, at=now)


def _urn(public_id: UUID) -> str:
    return f"urn:uuid:{public_id}"


def _midnight(day: Any) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=timezone.get_default_timezone())
