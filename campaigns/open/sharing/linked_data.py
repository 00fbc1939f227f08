"""The page's own facts for machines, as schema.org has them: only what its readers see."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import json_script
from django.utils.safestring import SafeString, mark_safe

from campaigns.publishing.campaign import PublishedCampaign
from campaigns.publishing.case import PublishedCase
from campaigns.publishing.defender import PublishedDefender


def of_campaign(form: PublishedCampaign) -> dict[str, Any]:
    path = reverse("campaign", args=[form.slug])
    return _article(path, form.title, form.deck, form.language, form.defender) | {
        "datePublished": form.opened_on.isoformat(),
        "publisher": {"@type": "Organization", "name": form.host_name},
        "image": _absolute(reverse("campaign_picture", args=[form.slug])),
    }


def of_case(form: PublishedCase, path: str, picture: str) -> dict[str, Any]:
    title = form.defender.name_in(form.language).text
    return _article(path, title, form.summary, form.language, form.defender) | {
        "datePublished": form.published_at.date().isoformat(),
        "publisher": {"@type": "Organization", "name": settings.OPERATOR_NAME},
        "image": _absolute(picture),
    }


def as_script(facts: dict[str, Any]) -> SafeString:
    """The facts as a data block; what could end the block is escaped."""
    escaped = json_script(facts).replace('type="application/json"', 'type="application/ld+json"', 1)
    return mark_safe(escaped)


def _article(path: str, title: str, words: str, language: str, defender: PublishedDefender) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": title,
        "description": words,
        "inLanguage": language,
        "url": _absolute(path),
        "about": [_person(one) for one in defender.together] or _person(defender),
    }


def _person(one: PublishedDefender) -> dict[str, Any]:
    first, *others = [name.text for name in one.names]
    return {"@type": "Person", "name": first, "alternateName": others}


def _absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
