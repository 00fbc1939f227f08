"""The part of something that a second person read on their screen, and now approves."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest

from campaigns.publishing.workspace import PartState
from network.refusals import ContentChanged


def part_read(request: HttpRequest, states: Iterable[PartState]) -> PartState:
    """The part that is named in the form, as it stood when the form was shown. Raises ContentChanged if it does not any more."""
    state = next((state for state in states if state.name == request.POST.get("part")), None)
    if state is None or state.part.digest != request.POST.get("digest"):
        raise ContentChanged
    return state
