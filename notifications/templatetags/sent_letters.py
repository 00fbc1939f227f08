"""What became of a letter that we send for its writer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import template
from django.utils.translation import gettext_lazy as _

from notifications.flows.relaying import WRITTEN_ANEW
from notifications.models import Letter

register = template.Library()
State = Letter.State
WORDS = {
    State.SENT: _("It has left for the office."),
    State.UNCERTAIN: _("It was handed on, and nobody knows whether it arrived."),
    State.BOUNCED: _("The office’s server did not take it."),
    State.DROPPED: _("It was not sent."),
}


@register.simple_tag
def letters_gone(action_id: int) -> int:
    """How many letters of an action left for the office and were not sent back."""
    return Letter.objects.filter(participation__action=action_id, state__in=(State.SENT, State.UNCERTAIN)).count()


@register.simple_tag
def letter_left(participation_id: UUID) -> dict[str, Any]:
    """How it ended, in words, and whether it cannot be called back; nothing while it waits, where there is no letter, or where it
    goes once it was read anew."""
    letter = Letter.objects.filter(participation=participation_id, state__in=WORDS).first()
    if letter is None or letter.reason in WRITTEN_ANEW:
        return {}
    return {"words": WORDS[State(letter.state)], "is_gone": letter.state in {State.SENT, State.UNCERTAIN}}
