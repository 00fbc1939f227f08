"""A campaign's text: all that a language says before the prose guard, and which languages readers see.

A language that was added once the campaign was live is read as soon as it is approved; until then the others do not wait for it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from campaigns.models import Campaign, CampaignText
from campaigns.publishing import conduct
from campaigns.publishing.demand import words_of_offices
from campaigns.publishing.prose import Finding
from campaigns.publishing.slots import slots_of, unknown_slots
from campaigns.publishing.told_of import ToldOf, unfit_words


def unfit(text: CampaignText, told: Sequence[ToldOf]) -> list[Finding]:
    """What the prose guard refuses in it; empty when it may stand."""
    words = [text.title, text.context, text.deck, text.ask, text.letter]
    words += [f"{link['title']} {link['text']}" for link in text.chain]
    words += words_of_offices(text.campaign.demands.all())
    return unfit_words("\n".join(words), told)


def missing_words(text: CampaignText, told: Sequence[ToldOf]) -> list[str]:
    """Codes of what keeps its words from going out, whoever approved them."""
    missing = []
    letter = text.letter or not text.campaign.has_petition
    if not all((text.title, text.deck, text.ask, letter)):
        missing.append(f"empty:{text.language}")
    missing += [f"unfit:{text.language}:{one.why}:{one.words}" for one in unfit(text, told)]
    missing += [f"conduct:{text.language}:{one.rule}:{one.words}" for one in conduct.asked_for(text)]
    words = f"{text.title}\n{text.context}\n{text.deck}\n{text.ask}\n{text.letter}"
    return missing + [f"unknown-slot:{text.language}:{slot}" for slot in unknown_slots(words, allowed=slots_of())]


def is_kept_back(campaign: Campaign, unread: Collection[str]) -> bool:
    """Whether nothing of it is shown. unread: names of its parts that are not approved."""
    return bool(set(unread) - {f"text:{text.language}" for text in campaign.texts.all() if text.is_later})


def readable(campaign: Campaign, told: Sequence[ToldOf], unread: Collection[str]) -> dict[str, CampaignText]:
    """{language: text} of what may stand. unread: as `is_kept_back` takes it."""
    return {
        text.language: text
        for text in campaign.texts.all()
        if not text.waits and f"text:{text.language}" not in unread and not unfit(text, told)
    }


def previewed(campaign: Campaign, told: Sequence[ToldOf]) -> dict[str, CampaignText]:
    """The same for the workspace alone: approved or not."""
    return {text.language: text for text in campaign.texts.all() if not unfit(text, told)}
