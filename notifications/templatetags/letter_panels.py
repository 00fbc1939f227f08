"""On somebody's own page: by which ways they are reached, and what lies there for them."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse

from network.models import ContactConsent, Person
from notifications.links import feed_token
from notifications.models import Delivery
from notifications.personal.mail import WaysForm

register = template.Library()


@register.inclusion_tag("personal/panels/ways.html", takes_context=True)
def my_ways(context: dict[str, Any], person: Person) -> dict[str, Any]:
    """The feed's address is shown here and nowhere else."""
    feed = ContactConsent.objects.in_force().for_alerts().by(ContactConsent.Channel.FEED).filter(person=person).first()
    letters = Delivery.objects.kept_for(person, ContactConsent.Channel.INBOX)
    path = reverse("feed_letters", args=[feed_token(feed.pk)]) if feed else ""
    return {
        "form": WaysForm.of(person),
        "letters": letters.count(),
        "feed_address": f"{settings.SITE_URL}{path}" if feed else "",
        "csrf_token": context.get("csrf_token"),
    }
