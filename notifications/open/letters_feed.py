"""/feeds/letters/…: somebody's alerts as an Atom feed, at an address that only they know.

Whoever reads feeds for them sees the address, so no entry names them; taking the consent back ends the address for good.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext, override
from django.views.decorators.http import require_safe

from network.models import ContactConsent, Person
from network.open.errors import missing
from network.refusals import LinkForged
from notifications.engine.compiling import letter_of
from notifications.links import consent_behind
from notifications.models import Delivery


@require_safe
def letters_feed(request: HttpRequest, token: str) -> HttpResponse:
    try:
        consent_id = consent_behind(token)
    except LinkForged:
        return missing(request)
    consents = ContactConsent.objects.in_force().for_alerts().by(ContactConsent.Channel.FEED)
    consent = consents.filter(pk=consent_id, person__is_active=True).select_related("person").first()
    if consent is None:
        return missing(request)
    response = HttpResponse(_feed(request, consent.person), content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _feed(request: HttpRequest, person: Person) -> str:
    with override(person.language):
        feed = Atom1Feed(
            title=gettext("Letters to you") if person.neutral_mail else f"Hamseda · {gettext('Letters to you')}",
            link=f"{settings.SITE_URL}{reverse('me')}",
            description="",
            language=person.language,
            feed_url=f"{settings.SITE_URL}{request.path}",
        )
        for row in Delivery.objects.kept_for(person, ContactConsent.Channel.FEED)[: settings.FEED_ENTRIES]:
            letter = letter_of(row.alert, language=person.language, name=gettext("friend"))
            if letter is None:  # what it spoke of may no longer be shown
                continue
            # A list of feeds shows titles as an inbox shows subjects.
            title, body, link = letter.subject, letter.body_html, letter.link
            if person.neutral_mail:
                title, body, link = gettext("A note for you"), "", f"{settings.SITE_URL}{reverse('me')}"
            feed.add_item(
                title=title,
                link=link,
                description=body,
                unique_id=f"urn:hamseda:letter:{row.pk}",
                pubdate=row.settled_at,
                updateddate=row.settled_at,
            )
        return str(feed.writeString("utf-8"))
