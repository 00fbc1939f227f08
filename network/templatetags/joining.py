"""The way into the network, wherever a page offers it."""

from __future__ import annotations

from typing import Any

from django import template

from network.open.joining import JoinForm

register = template.Library()


@register.inclusion_tag("elements/join.html")
def join_block() -> dict[str, Any]:
    """The form of /join/, empty; what is wrong with it is said there."""
    return {"form": JoinForm()}
