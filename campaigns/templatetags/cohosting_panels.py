"""Panels about co-hosting: on a partner's page, on the host's page of a campaign, and on its desk."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from campaigns.models import CoHosting
from campaigns.publishing import campaign as published
from campaigns.publishing import workspace
from campaigns.publishing.audiences import Audience
from network.languages import current_language
from network.models import Organisation

register = template.Library()


@register.inclusion_tag("workspace/panels_co_hosted.html", takes_context=True)
def co_hosted_campaigns(context: dict[str, Any], organisation: Organisation) -> dict[str, Any]:
    """Every live campaign with what this organisation is to it, and what is over that it stood beside; one no longer shown keeps
    its row, not its name."""
    language, now = current_language(), timezone.now()
    forms = {form.id: form for form in published.after(0, audience=Audience.PUBLIC, language=language, at=now)}
    ours = {row.campaign_id: row for row in CoHosting.objects.of(organisation)}
    items = [
        {"form": forms.get(campaign_id), "state": row.state, "id": row.pk}
        for campaign_id, row in ours.items()
        if campaign_id in forms or row.state in {CoHosting.State.ASKED, CoHosting.State.ACCEPTED}
    ]
    items += [
        {"form": form, "state": "", "id": None} for id, form in forms.items() if id not in ours and form.is_joinable
    ]
    return {
        "items": items,
        "organisation": organisation,
        "may_administer": context.get("may_administer"),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("workspace/panels_co_hosts.html", takes_context=True)
def co_hosts_of(context: dict[str, Any], campaign_id: int) -> dict[str, Any]:
    states = [CoHosting.State.ASKED, CoHosting.State.ACCEPTED]
    rows = CoHosting.objects.filter(campaign_id=campaign_id, state__in=states).select_related("organisation")
    return {
        "rows": rows.order_by("asked_at"),
        "may_approve": context.get("may_approve"),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("workspace/panels_co_hosting_asked.html")
def co_hosting_asked() -> dict[str, Any]:
    """Who waits for an answer, with the campaign's working title."""
    rows = CoHosting.objects.asked().select_related("organisation")[:20]
    return {"rows": [{"row": row, "title": workspace.title_of(row.campaign_id)} for row in rows]}
