"""A letter that a supporter sends from their own mail."""

from __future__ import annotations

from urllib.parse import quote

from django import template

from campaigns.publishing.action import PublishedAction

register = template.Library()


@register.simple_tag
def letter_in_own_mail(action: PublishedAction) -> str:
    """A mailto address (RFC 6068) with subject, salutation and sample; lines end in CRLF there."""
    body = f"{action.words['salutation']}\n\n{action.words['sample']}\n".replace("\n", "\r\n")
    subject = quote(action.words["subject"], safe="")
    return f"mailto:{quote(action.options['mailbox'], safe='@')}?subject={subject}&body={quote(body, safe='')}"
