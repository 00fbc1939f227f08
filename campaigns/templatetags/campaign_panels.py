"""Panels other rooms' pages show: what a person did, and which campaigns they are in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django import template
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from campaigns.kinds.contract import kind_named
from campaigns.models import (
    Action,
    Campaign,
    CampaignTemplate,
    CorrectionRequest,
    DeliveryPlan,
    Demand,
    Handover,
    Harm,
    Joining,
    Outcome,
    PaperSheets,
    Participation,
    PlannedStep,
    Update,
)
from campaigns.publishing import action as published_action
from campaigns.publishing import action_draft, update, workspace
from campaigns.publishing import campaign as published
from campaigns.publishing.audiences import Audience
from campaigns.publishing.clocks import in_emergency, taken_back, to_renew
from campaigns.publishing.copies import to_ask_again
from campaigns.publishing.handover import may_be_handed_over
from campaigns.publishing.letter import action_in, becomes_of
from campaigns.publishing.results import goal_of
from campaigns.publishing.waiting import waiting_for
from network.models import Approval, Person
from network.models.part import Part
from network.permissions import MAY_APPROVE, MAY_EDIT, may

register = template.Library()


@register.inclusion_tag("personal/panels/participations.html", takes_context=True)
def my_participations(context: dict[str, Any], person: Person) -> dict[str, Any]:
    """Each taking of an action, newest first; a campaign no longer shown keeps its row and loses its name."""
    rows = Participation.objects.of(person).newest_first().select_related("action")
    return {
        "rows": [_participation(row) for row in rows],
        **_page(context),
    }


@register.inclusion_tag("personal/panels/joinings.html", takes_context=True)
def my_joinings(context: dict[str, Any], person: Person) -> dict[str, Any]:
    rows = Joining.objects.current().of(person).select_related("campaign").order_by("-joined_at")
    return {"rows": [_row(row, row.campaign_id) for row in rows], **_page(context)}


def _participation(row: Participation) -> dict[str, Any]:
    kind = kind_named(row.action.kind)
    becomes = becomes_of(row) if row.state == Participation.State.CONFIRMED else ""
    found = _row(
        row,
        row.action.campaign_id,
        kind=kind,
        becomes=becomes,
        is_called_off=published_action.is_called_off(row.action),
    )
    return {**found, "action": action_in(found["campaign"], row.action_id)}


def _row(row: Any, campaign_id: int, **more: Any) -> dict[str, Any]:
    form = published.find_by_id(campaign_id, audience=Audience.PUBLIC, language=get_language(), at=timezone.now())
    return {"row": row, "campaign": form, **more}


def _page(context: dict[str, Any]) -> dict[str, Any]:
    return {"csrf_token": context.get("csrf_token"), "language": context.get("language")}


@register.filter
def campaign_title(campaign_id: int) -> str:
    return workspace.title_of(campaign_id)


@register.inclusion_tag("workspace/panels_planned.html")
def steps_planned() -> dict[str, Any]:
    """Steps of live campaigns whose day is near, or past; what people signed, to be handed over soon, or once as many signed as
    was hoped for."""
    today = timezone.now().date()
    soon = today + timedelta(days=settings.PLAN_AHEAD_DAYS)
    steps: list[tuple[date | None, int, str, str]]
    steps = [(row.on, row.campaign_id, "step", row.words) for row in PlannedStep.objects.due_by(soon)]
    for plan in DeliveryPlan.objects.to_come():
        goal = goal_of(plan.campaign_id)
        if goal is not None and goal.is_reached:
            steps.append((plan.on, plan.campaign_id, "reached", plan.how))
        elif plan.on is not None and plan.on <= soon:
            steps.append((plan.on, plan.campaign_id, "delivery", plan.how))
    steps.sort(key=lambda step: (step[0] or today, step[1]))
    return {"rows": [(on, pk, workspace.title_of(pk), what, words) for on, pk, what, words in steps], "today": today}


@register.inclusion_tag("workspace/panels_campaigns.html")
def campaigns_waiting(person: Person) -> dict[str, Any]:
    """Drafts with words, of which this person may approve a part."""
    if not may(person, MAY_APPROVE):
        return {"drafts": []}
    found = [draft for draft in _being_written(person) if draft.texts and any(p.may_be_approved for p in draft.parts)]
    return {"drafts": found, "primary": True}


@register.inclusion_tag("workspace/panels_read_again.html")
def words_waiting(person: Person) -> dict[str, Any]:
    """Actions and news, being written or to be read again, of which this person may approve a part."""
    if not may(person, MAY_APPROVE):
        return {"actions": [], "news": []}
    now, over = timezone.now(), {"campaign__state__in": (Campaign.State.CLOSED, Campaign.State.ARCHIVED)}
    in_peace = Q(campaign__in=Campaign.objects.left_in_peace())
    actions = (
        Action.objects.filter(has_own_words=True, closed_at=None).exclude(**over).exclude(in_peace).order_by("-pk")
    )
    news = Update.objects.filter(taken_back_at=None).exclude(**over).exclude(in_peace).order_by("-pk")
    drafts = (action_draft.draft_of(pk, reader=person) for pk in _unread("action", actions, published_action.parts_of))
    told = (update.draft_of(pk, reader=person, at=now) for pk in _unread("update", news, update.parts_of))
    return {"actions": [one for one in drafts if _waits(one)], "news": [one for one in told if _waits(one)]}


@register.inclusion_tag("workspace/panels_handovers.html")
def names_asked_for(person: Person) -> dict[str, Any]:
    """Campaigns of which somebody else wants to take the names out, and this person may agree to it."""
    if not may(person, MAY_APPROVE):
        return {"rows": []}
    asked = Handover.objects.asked(timezone.now()).exclude(asked_by=person).select_related("action", "asked_by")
    latest = {row.action_id: row for row in asked.order_by("pk")}  # only the last that was asked for can be agreed to
    rows = [row for row in latest.values() if may_be_handed_over(row.action_id, at=timezone.now())]
    return {"rows": [(row, workspace.title_of(row.action.campaign_id)) for row in rows]}


@register.inclusion_tag("workspace/panels_to_verify.html")
def to_verify(person: Person) -> dict[str, Any]:
    """What is on record of campaigns and waits for a second person: harm first."""
    if not may(person, MAY_APPROVE):
        return {"rows": []}
    waiting = (
        ("harm", Harm.objects.unreviewed().exclude(recorded_by=person).values_list("campaign", flat=True)),
        ("demand", Demand.objects.to_be_seen().exclude(met_by=person).values_list("campaign", flat=True)),
        (
            "outcome",
            Outcome.objects.standing()
            .filter(verified_at=None)
            .exclude(recorded_by=person)
            .values_list("campaign", flat=True),
        ),
        (
            "paper",
            PaperSheets.objects.to_be_counted().exclude(entered_by=person).values_list("action__campaign", flat=True),
        ),
    )
    in_peace = set(Campaign.objects.left_in_peace().values_list("pk", flat=True))
    known = [(what, set(campaigns) - (in_peace if what != "harm" else set())) for what, campaigns in waiting]
    return {"rows": [(what, pk, workspace.title_of(pk)) for what, campaigns in known for pk in sorted(campaigns)]}


def _unread(subject: str, rows: QuerySet, parts_of: Callable[[Any], list[Part]]) -> list[int]:
    """Ids of those of which something is not approved as it stands, at most LIST_ROWS."""
    known = rows.select_related("campaign__case").prefetch_related("texts", "campaign__beside__case")
    missing = Approval.objects.missing_of_each(subject, {row.pk: parts_of(row) for row in known})
    return [pk for pk, names in missing.items() if names][: settings.LIST_ROWS]


def _waits(one: Any) -> bool:
    return one is not None and bool(one.texts) and any(part.may_be_approved for part in one.parts)


@register.inclusion_tag("workspace/panels_campaigns.html")
def campaigns_in_draft(person: Person) -> dict[str, Any]:
    return {"drafts": _being_written(person)}


@register.inclusion_tag("workspace/panels_cases.html", takes_context=True)
def cases_to_look_at(context: dict[str, Any]) -> dict[str, Any]:
    """What has a clock: consents and assessments that end, and requests to correct or remove."""
    now = timezone.now()
    return {
        "renew": to_renew(at=now),
        "emergencies": in_emergency(at=now),
        "taken_back": taken_back(at=now),
        "copies": to_ask_again(at=now),
        "requests": CorrectionRequest.objects.waiting()[:20],
        "now": now,
    }


def _being_written(person: Person) -> list[workspace.DraftCampaign]:
    states = (*Campaign.WRITTEN, Campaign.State.PAUSED)  # what is off its pages comes back with new approvals
    found = workspace.drafts(at=timezone.now(), reader=person)
    return [draft for draft in found if draft.state in states or draft.waiting_languages]


@register.inclusion_tag("workspace/panels_records.html")
def records_waiting(person: Person) -> dict[str, Any]:
    """Cases in which this person may approve, verify, publish or agree to something."""
    return {"rows": waiting_for(person, at=timezone.now()) if may(person, MAY_APPROVE) else []}


@register.inclusion_tag("workspace/new_campaign.html", takes_context=True)
def new_campaign(context: dict[str, Any], case_id: int) -> dict[str, Any]:
    """A button, and from what to begin."""
    return {
        "case_id": case_id,
        "rows": CampaignTemplate.objects.by_name(),
        "csrf_token": context.get("csrf_token"),
        "language": context.get("language"),
    }


@register.inclusion_tag("workspace/panels_templates.html", takes_context=True)
def templates_kept(context: dict[str, Any], reader: Person) -> dict[str, Any]:
    return {
        "rows": CampaignTemplate.objects.by_name() if may(reader, MAY_EDIT) else (),
        "csrf_token": context.get("csrf_token"),
        "language": context.get("language"),
    }
