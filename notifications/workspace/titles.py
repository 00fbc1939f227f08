"""What the workspace calls an alert: its subject, with the names its readers would see."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import get_language

from campaigns.publishing import campaign as published
from campaigns.publishing import slots
from campaigns.publishing.audiences import Audience
from notifications.models import Alert


def title_of(alert: Alert) -> str:
    """In the reader's language, else English, else any; with slots where the campaign is not published now."""
    variants = {variant.language: variant.subject for variant in alert.variants.all()}
    language = next((code for code in (get_language(), "en", *variants) if code in variants), None)
    if language is None:
        return f"#{alert.pk}"
    form = published.find_by_id(alert.campaign_id, audience=Audience.PUBLIC, language=language, at=timezone.now())
    return slots.fill(variants[language], form.defender, language, html=False) if form else variants[language]
