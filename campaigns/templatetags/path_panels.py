"""The path from the news to the launch: its steps in order, which of them are done, and which comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone

from campaigns.flows.campaign.launching import missing_for_launch
from campaigns.models import Campaign, Citation
from campaigns.publishing.record import tells_what_happened
from campaigns.publishing.workspace import CaseOnRecord, case_on_record
from network.models import Person
from network.permissions import MAY_EDIT, may

register = template.Library()
# What is missing (see launching) and settled where the words are written.
OF_THE_WORDS = ("text", "empty", "unfit", "conduct", "unknown-slot")
OF_THE_DEMANDS = ("demand", "demand-moot", "release-moot", "target", "action")
OF_A_CAMPAIGN = ("demands", "preview", "approval", "launch")  # to come, before there is one


@dataclass(frozen=True, kw_only=True)
class Step:
    name: str  # templates/workspace/step_name.html says it in words
    address: str
    is_done: bool
    may_be_left: bool = False  # a launch does not wait for it


@register.inclusion_tag("workspace/path.html")
def path_of_case(case_id: int, reader: Person) -> dict[str, Any]:
    """On the pages of a case: through the campaign for it that is being written, if there is one."""
    now = timezone.now()
    campaigns = Campaign.objects.about(case_id).order_by("-pk")
    if not may(reader, MAY_EDIT) or campaigns.launched().exists():
        return {"steps": ()}
    case = case_on_record(case_id, at=now)
    return {"steps": ()} if case is None or case.is_withdrawn else _path(case, campaigns.first(), at=now)


@register.inclusion_tag("workspace/path.html")
def path_of_campaign(campaign_id: int, reader: Person) -> dict[str, Any]:
    """On the pages of a campaign, until it has been launched, and again when it has to be rewritten."""
    now = timezone.now()
    campaign = Campaign.objects.filter(pk=campaign_id, state__in=Campaign.WRITTEN).first()
    if campaign is None or not may(reader, MAY_EDIT):
        return {"steps": ()}
    case = case_on_record(campaign.case_id, at=now)
    return {"steps": ()} if case is None else _path(case, campaign, at=now)


def _path(case: CaseOnRecord, campaign: Campaign | None, *, at: datetime) -> dict[str, Any]:
    of_case = [
        Step(
            name="who",
            address=reverse("case", args=[case.id]),
            is_done=case.consent_until is not None and case.risk not in {"", "stop"},
        ),
        Step(
            name="what",
            address=reverse("case_timeline", args=[case.id]),
            is_done=tells_what_happened(case.id),
            may_be_left=True,
        ),
        Step(
            name="law",
            address=reverse("case_law", args=[case.id]),
            is_done=Citation.objects.filter(case=case.id).exists(),
            may_be_left=True,
        ),
    ]
    steps = [*of_case, *(_of_campaign(campaign, at=at) if campaign else _to_begin(case))]
    to_do = [step for step in steps if not step.is_done]
    waited_for = [step for step in to_do if not step.may_be_left]
    following = next(iter(to_do if len(waited_for) > 1 else waited_for), None)  # the last is the launch itself
    return {"steps": steps, "following": following, "place": steps.index(following) + 1 if following else len(steps)}


def _to_begin(case: CaseOnRecord) -> list[Step]:
    begin = Step(name="begin", address=f"{reverse('case', args=[case.id])}#leaning", is_done=False)
    return [begin, *(Step(name=name, address="", is_done=False) for name in OF_A_CAMPAIGN)]


def _of_campaign(campaign: Campaign, *, at: datetime) -> list[Step]:
    codes = {code.partition(":")[0] for code in missing_for_launch(campaign, at=at)}
    there = reverse("draft", args=[campaign.pk])
    is_written = not codes.intersection(OF_THE_WORDS)
    return [
        Step(name="words", address=reverse("draft_edit", args=[campaign.pk]), is_done=is_written),
        Step(
            name="demands",
            address=f"{there}#actions" if "action" in codes else f"{there}#demands",
            is_done=not codes.intersection(OF_THE_DEMANDS),
        ),
        Step(
            name="preview",
            address=reverse("draft_preview", args=[campaign.pk]),
            is_done=not codes - {"approval"},
        ),
        Step(name="approval", address=f"{there}#parts", is_done=not codes),
        Step(name="launch", address=f"{there}#gate", is_done=False),
    ]
