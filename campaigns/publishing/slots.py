"""Slots: the closed set of places in a text where a person's published name or pronoun goes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.conf import settings
from django.utils.html import escape

from campaigns.publishing.defender import NUMBERED_SLOTS, PublishedDefender

SLOT = re.compile(r"\{([^{}\n]*)\}")  # whatever stands in braces is meant as a slot, also when it is misspelt
BEGINS = re.compile(r"(?:\A|[.!?]\s+|\n\s*)(?:<p>|<li>|[\"“«*_])*\Z")  # what stands before the first word of a sentence
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # no feed can hold them, and no reader sees them
PERSON_SLOTS = frozenset({"person", "person_short", "they", "them", "their"})


def slots_of(people: int | None = None) -> frozenset[str]:
    """The slots that a text about so many people may use; None: about any number of them."""
    last = settings.CAMPAIGN_CASES_MOST if people is None else people
    return PERSON_SLOTS | {f"{slot}_{number}" for slot in NUMBERED_SLOTS for number in range(1, last + 1) if last > 1}


def unknown_slots(text: str, *, allowed: frozenset[str] = PERSON_SLOTS) -> list[str]:
    """What stands in braces in a text and is no slot of the closed set."""
    return sorted(set(SLOT.findall(text)) - allowed)


def working_title(titles: Mapping[str, str], language: str) -> str:
    """For lists in the workspace, where nobody is named: in a language, in English or in another, with a gap for each slot.
    titles: {language: as it was written}; empty where there is none."""
    asked = (titles.get(code, "") for code in (language, "en", *titles))
    return SLOT.sub("…", next((title for title in asked if title), ""))


def fill(text: str, defender: PublishedDefender, language: str, *, html: bool) -> str:
    """The text with its person slots filled from the published form; other slots stay for their own filler.

    html: each value is escaped and isolated from the surrounding direction.
    """
    values = defender.slot_values(language)

    def put(match: re.Match[str]) -> str:
        value = values.get(match.group(1))
        if value is None:
            return match.group(0)
        if BEGINS.search(text[: match.start()]):
            value = value[:1].upper() + value[1:]
        return f"<bdi>{escape(value)}</bdi>" if html else value

    return SLOT.sub(put, UNSEEN.sub("", text))
