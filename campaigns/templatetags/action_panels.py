"""Panels about what a campaign asks beside its petition, and about the messages that wait to be read."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from campaigns.kinds.contract import registered
from campaigns.models import Campaign
from campaigns.publishing.action_draft import drafts_of
from campaigns.publishing.messages import waiting_for
from campaigns.publishing.workspace import demands_on_record
from network.models import Person
from network.permissions import MAY_EDIT, may

register = template.Library()


@register.inclusion_tag("workspace/panels_actions.html", takes_context=True)
def actions_of(context: dict[str, Any], campaign_id: int, reader: Person) -> dict[str, Any]:
    is_over = Campaign.objects.filter(pk=campaign_id).exclude(closed_at=None).exists()
    return {
        "rows": drafts_of(campaign_id, reader=reader),
        "kinds": [kind for kind in registered() if not kind.stands_on_the_campaign],
        "campaign_id": campaign_id,
        "demands": [one for one in demands_on_record(campaign_id) if one.met_at is None and one.title],
        "may_offer": not is_over and may(reader, MAY_EDIT),
        "csrf_token": context.get("csrf_token"),
        "language": context.get("language"),
    }


@register.inclusion_tag("workspace/panels_messages.html")
def messages_waiting(reader: Person) -> dict[str, Any]:
    return {"waiting": waiting_for(reader, at=timezone.now()) if may(reader, MAY_EDIT) else 0}
