"""The panel of joint statements on an organisation's page."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from campaigns.publishing.statement import statements_for
from network.languages import current_language
from network.models import Organisation

register = template.Library()


@register.inclusion_tag("workspace/panels_statements.html", takes_context=True)
def joint_statements(context: dict[str, Any], organisation: Organisation) -> dict[str, Any]:
    """What it can sign, and what it has signed; for its administrators alone, because some of it nobody may read yet."""
    may_administer = context.get("may_administer")
    found = statements_for(organisation, language=current_language(), at=timezone.now()) if may_administer else []
    return {
        "statements": found,
        "organisation": organisation,
        "may_administer": may_administer,
        "language": context.get("language"),
    }
