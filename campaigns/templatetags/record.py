"""Elements of the record: the four facets of how a person is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from campaigns.models import CaseStatus
from campaigns.publishing.case_file import is_shown
from campaigns.publishing.status import PublishedStatus
from campaigns.publishing.vocabulary import SCOPES
from campaigns.publishing.workspace import case_on_record

register = template.Library()

Dimension = CaseStatus.Dimension
FACETS = (
    (Dimension.LIBERTY, _("Liberty")),
    (Dimension.LEGAL, _("Before the law")),
    (Dimension.CONDITION, _("What they face")),
    (Dimension.LIFE, _("Life")),
)


@register.inclusion_tag("elements/facets.html")
def facets(statuses: Iterable[PublishedStatus]) -> dict[str, Any]:
    """How a person is, by dimension, each with its date and who reported it; a dimension nothing is told of is left out."""
    told = list(statuses)
    found = [
        {"title": title, "statuses": [one for one in told if one.dimension == dimension]} for dimension, title in FACETS
    ]
    return {"facets": [facet for facet in found if facet["statuses"]]}


@register.filter
def facet(dimension: str) -> Any:
    """What a dimension of how a person is, is called."""
    return dict(FACETS).get(CaseStatus.Dimension(dimension), "")


@register.simple_tag
def scope_in_words(scope: str) -> Any:
    return SCOPES.get(scope, scope)


@register.simple_tag
def case_called(case_id: int) -> str:
    """Whose case a page of the workspace is about: nobody should change the wrong one."""
    case = case_on_record(case_id, at=timezone.now())
    return format_html("<bdi>{}</bdi>", case.label) if case else ""


@register.inclusion_tag("workspace/hides.html")
def hides_until_approved(case_id: int) -> dict[str, Any]:
    """On a form whose answers are approved: that changing them takes the public pages off until somebody looked."""
    return {"is_shown": is_shown(case_id, at=timezone.now())}
