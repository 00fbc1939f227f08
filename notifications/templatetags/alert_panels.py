"""Panels about alerts on the desk, and the strokes of a lane."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.db.models import Max, Q
from django.utils import timezone

from campaigns.models import Cadence, Campaign, CampaignCase
from campaigns.publishing.attention import last_acts_in_campaigns
from campaigns.publishing.workspace import part_states
from campaigns.publishing.workspace import title_of as campaign_title
from network.languages import own_name_of
from network.models import ContactConsent, Person
from network.permissions import MAY_APPROVE, may
from network.templatetags.elements import strokes
from notifications.flows import opening
from notifications.flows.progressing import Lane, progress_of
from notifications.models import Alert, Delivery, Letter
from notifications.models.deliverable import DeliverableQuerySet
from notifications.publishing.letters import held_with_letters
from notifications.workspace.titles import title_of

register = template.Library()

COUNTED = ("size", "sent", "failed", "dropped", "uncertain", "chunks", "closed")  # of a lane
STROKES = 60  # in a lane; more chunks than that share strokes


@register.inclusion_tag("workspace/panels_alerts.html")
def alerts_waiting(person: Person) -> dict[str, Any]:
    """Drafted alerts with a part this person may approve."""
    if not may(person, MAY_APPROVE):
        return {"rows": []}
    rows = []
    drafts = Alert.objects.newest_first().filter(state=Alert.State.DRAFT)
    for alert in drafts.exclude(campaign__in=Campaign.objects.left_in_peace()).select_related("campaign__case"):
        parts = part_states(opening.SUBJECT, alert.pk, alert.parts(), reader=person)
        is_approved = all(part.approved_by for part in parts)
        if is_approved or any(part.may_be_approved for part in parts):
            rows.append({"alert": alert, "parts": parts, "title": title_of(alert), "is_approved": is_approved})
    return {"rows": rows}


@register.inclusion_tag("workspace/panels_letters.html")
def letters_held() -> dict[str, Any]:
    """Letters to offices that wait for an approver to let them go."""
    return {"rows": held_with_letters()}


@register.inclusion_tag("workspace/panels_mail_silence.html")
def mail_silence(case_id: int, since: datetime) -> dict[str, Any]:
    """The letters that lean on a case: how many still wait, and how long after its withdrawal the last one left."""
    kinds = _of_case(case_id)
    last = [rows.filter(state=Delivery.State.SENT).aggregate(last=Max("settled_at"))["last"] for rows in kinds]
    seconds = [(moment - since).total_seconds() for moment in last if moment]
    return {"waiting": sum(rows.unsettled().count() for rows in kinds), "seconds": max([0.0, *seconds])}


@register.inclusion_tag("paper/mail_told.html")
def mail_told(case_id: int) -> dict[str, Any]:
    """The same for the paper a family is handed: whether any letter waits, and how many had left."""
    kinds = _of_case(case_id)
    return {
        "waiting": any(rows.unsettled().exists() for rows in kinds),
        "sent": sum(rows.filter(state=Delivery.State.SENT).count() for rows in kinds),
    }


def _of_case(case_id: int) -> tuple[DeliverableQuerySet, ...]:
    """What leans on a case and leaves as mail: its alerts, and letters to offices; of a campaign that goes on without it, what
    was begun before."""
    leaning = Campaign.objects.about(case_id)
    alerts, letters = Q(alert__campaign__in=leaning), Q(lane__action__campaign__in=leaning)
    for row in CampaignCase.objects.filter(case=case_id).exclude(left_at=None):
        alerts |= Q(alert__campaign=row.campaign_id, alert__opened_at__lte=row.left_at)
        letters |= Q(lane__action__campaign=row.campaign_id, queued_at__lte=row.left_at)
    return Delivery.objects.filter(alerts), Letter.objects.filter(letters)


@register.inclusion_tag("open/alerts_told.html")
def alerts_told(campaign_id: int) -> dict[str, Any]:
    """How many alerts a campaign sent, and how many of their letters a mailbox took; nobody knows which were read."""
    sent = Alert.objects.filter(campaign=campaign_id).exclude(opened_at=None)
    rows = Delivery.objects.filter(alert__in=sent, channel=ContactConsent.Channel.EMAIL)
    taken = rows.filter(state=Delivery.State.SENT).count()
    return {"alerts": sent.count(), "taken": taken, "all": rows.count()}


@register.inclusion_tag("workspace/panels_going.html")
def alerts_going_out() -> dict[str, Any]:
    now = timezone.now()
    return {
        "rows": [
            {"alert": alert, "title": title_of(alert), "progress": progress_of(alert, at=now)}
            for alert in Alert.objects.newest_first().under_way()
        ]
    }


@register.inclusion_tag("workspace/panels_quiet.html")
def going_quiet() -> dict[str, Any]:
    """Live campaigns in which nobody signed, and from which no alert went, for as long as their plan says, or else
    CAMPAIGN_QUIET_DAYS; the longest quiet first."""
    now = timezone.now()
    opened = Alert.objects.exclude(opened_at=None).order_by().values_list("campaign").annotate(last=Max("opened_at"))
    alerts = dict(opened)
    acts = {pk: max(last, alerts.get(pk, last)) for pk, last in last_acts_in_campaigns(at=now).items()}
    every = dict(Cadence.objects.values_list("campaign", "every_days"))
    since = [(pk, (now - last).days) for pk, last in acts.items()]
    quiet = [(pk, days) for pk, days in since if days >= every.get(pk, settings.CAMPAIGN_QUIET_DAYS)]
    return {
        "rows": [
            {"id": pk, "title": campaign_title(pk), "days": days} for pk, days in sorted(quiet, key=lambda one: -one[1])
        ]
    }


@register.inclusion_tag("elements/progress.html")
def lane_strokes(lane: Lane) -> dict[str, Any]:
    """One stroke a chunk, or for several of them: closed ones solid, the rest faint."""
    share = max(1, -(-lane.chunks // STROKES))
    shown, done = -(-lane.chunks // share), lane.closed // share
    return strokes(done, shown - done)


@register.simple_tag
def lanes_told(lanes: tuple[Lane, ...]) -> list[Lane]:
    """The lanes of at least SMALLEST_GROUP people; the smaller ones of a channel as one without a language, or a lane would
    single out the one person who reads it."""
    told = [lane for lane in lanes if lane.size >= settings.SMALLEST_GROUP]
    few = [lane for lane in lanes if lane.size < settings.SMALLEST_GROUP]
    for channel in sorted({lane.channel for lane in few}):
        sums = {name: sum(getattr(lane, name) for lane in few if lane.channel == channel) for name in COUNTED}
        told.append(Lane(channel=channel, language="", destination="other", **sums))
    return told


@register.filter
def language_name(code: str) -> str:
    return own_name_of(code)
