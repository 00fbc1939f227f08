"""Where a case stands on its way from draft to archive: worked out of what is on record, stored nowhere."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.models import Case
from campaigns.publishing import case as published
from campaigns.publishing.audiences import Audience

STAGES: dict[str, Any] = {
    "withdrawn": _("Withdrawn"),
    "draft": _("Draft"),
    "fact-check": _("Facts are being checked"),
    "safety-review": _("Safety is being reviewed"),
    "translation": _("Words and translations are being reviewed"),
    "approval": _("Waits to be published"),
    "embargoed": _("Published from a later moment on"),
    "emergency": _("Published in an emergency, being checked"),
    "published": _("Published"),
    "update-due": _("Published; an update is due"),
    "memorial": _("Published in remembrance"),
    "partners": _("Published for partners alone"),
    "silent": _("Published, and silent now"),
    "archived": _("Archived"),
    "unpublished": _("Taken off"),
}
UPDATE_DUE_DAYS = 90  # a page nobody has verified for so long says so in the workspace


def stage_of(case: Case, *, at: datetime) -> str:
    """Where a case stands on its way, worked out of what is on record: no stage is stored, so none can be wrong."""
    if case.withdrawn_at is not None:
        return "withdrawn"
    if case.published_at is None or case.unpublished_at is not None:
        if case.unpublished_at is not None:
            return "unpublished"
        return _before_publishing(case, at=at)
    if case.embargo_until is not None and case.embargo_until > at:
        return "embargoed"
    told_to = published.widest_audience(case.pk, at=at)
    form = published.find(case.public_id, audience=told_to, language="en", at=at)
    if form is None:
        return "silent"
    if told_to == Audience.PARTNERS:
        return "partners"
    if form.is_archived:
        return "archived"
    if form.is_unchecked:
        return "emergency"
    if form.is_memorial:
        return "memorial"
    if case.verified_on is not None and (at.date() - case.verified_on).days > UPDATE_DUE_DAYS:
        return "update-due"
    return "published"


def _before_publishing(case: Case, *, at: datetime) -> str:
    if case.submitted_at is None:
        return "draft"
    missing = published.missing_approvals(case, at=at)
    if "facts" in missing:
        return "fact-check"
    if "safety" in missing:
        return "safety-review"
    return "translation" if missing or not case.texts.exists() else "approval"
