"""Letters: one that a supporter sends from their own mail, and what stands at the foot of one that we send."""

from __future__ import annotations

from urllib.parse import quote

from django import template
from django.conf import settings

from campaigns.publishing.action import PublishedAction

register = template.Library()


@register.simple_tag
def letter_foot() -> dict[str, str]:
    """How whoever sends it is reached, at the foot of a letter that goes through us."""
    return {"address": settings.OPERATOR_ADDRESS, "site": settings.SITE_URL}


@register.simple_tag
def letter_in_own_mail(action: PublishedAction) -> str:
    """A mailto address (RFC 6068) with subject, salutation and sample; lines end in CRLF there."""
    body = f"{action.words['salutation']}\n\n{action.words['sample']}\n".replace("\n", "\r\n")
    subject = quote(action.words["subject"], safe="")
    return f"mailto:{quote(action.options['mailbox'], safe='@')}?subject={subject}&body={quote(body, safe='')}"
