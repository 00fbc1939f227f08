"""A campaign's text before the prose guard: all that a language says, of whom, and of which offices."""

from __future__ import annotations

from collections.abc import Sequence

from campaigns.models import CampaignText
from campaigns.publishing.demand import words_of_offices
from campaigns.publishing.prose import Finding
from campaigns.publishing.told_of import ToldOf, unfit_words


def unfit(text: CampaignText, told: Sequence[ToldOf]) -> list[Finding]:
    """What the prose guard refuses in it; empty when it may stand."""
    words = [text.title, text.context, text.deck, text.ask, text.letter]
    words += [f"{link['title']} {link['text']}" for link in text.chain]
    words += words_of_offices(text.campaign.demands.all())
    return unfit_words("\n".join(words), told)
