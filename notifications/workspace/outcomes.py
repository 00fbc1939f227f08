"""What became of an alert, in words an organiser reads: why somebody has no letter, and what follows from it."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from network.templatetags.localization import digits

REASONS = {
    "not-in-audience": noop(
        "Left, muted it, took back consent or may not be written to any more, before it was their turn. Nothing follows."
    ),
    "not-published": noop("When it was their turn, the case or the words were not shown. Nothing follows."),
    "expired": noop("Its last day had passed. Nothing follows."),
    "cancelled": noop("It was cancelled before their turn. Nothing follows."),
    "nothing-to-say": noop("There was nothing left to say. Nothing follows."),
    "not-composable": noop(
        "Their name or address does not fit into a mail. Whoever runs this installation can look why."
    ),
    "bad-address": noop("Their address is none that mail can go to. Nothing follows."),
    "returned": noop("The mail came back later. The mailbox is kept from further mail where it says it is closed."),
    "no-answer": noop(
        "It was handed over, and no answer came. It may have arrived; it is sent again only by your press."
    ),
    "api-refused": noop("The mail provider refuses this address. It is kept from further mail where it is closed."),
    "connection-closed": noop("The mail relay broke off in between, again and again. You can send once more."),
}
BROKE_OFF = "connection-"
_ANSWERED = re.compile(r"(?:smtp|api)-(\d{3})")


def reason_in_words(state: str, code: str) -> Any:
    """Empty where nothing is to be said: it was sent, or its turn has not come."""
    if not code:
        return ""
    if code in REASONS:
        return _(REASONS[code])
    if code.startswith(BROKE_OFF):  # however it did
        return _(REASONS[f"{BROKE_OFF}closed"])
    answered = _ANSWERED.fullmatch(code)
    if answered is None:
        return code
    number = {"code": digits(answered[1])}
    if state == "bounced" and code.startswith("smtp-5"):
        return (
            _("Their mailbox refused it for good (%(code)s). It is kept from further mail where it is closed.") % number
        )
    if state == "bounced":
        return _("Refused too often (%(code)s), and given up. You can send once more.") % number
    return _("Refused for now (%(code)s). It is tried again by itself.") % number
