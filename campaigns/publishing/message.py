"""Messages as they may be read: by whoever opens the campaign's page, by a moderator, and on the paper that is handed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.conf import settings

from campaigns.models import Message, Participation, PublicationConsent
from campaigns.publishing import prose
from campaigns.publishing.campaign import PublishedCampaign
from campaigns.publishing.told_of import ToldOf, findings_of, told_of_ids

Scope = PublicationConsent.Scope


@dataclass(frozen=True, kw_only=True)
class PublishedMessage:
    words: str  # several lines
    language: str
    name: str  # empty: its writer did not want to be named


def shown(form: PublishedCampaign, action_id: int) -> list[PublishedMessage]:
    """The latest messages of an action that their writers let everybody read, exactly as they were accepted, where today's
    consent permits every word of them; MESSAGES_SHOWN at most."""
    rows = Message.objects.accepted().of_action(action_id).with_words().order_by("-decided_at", "-pk")
    readable = rows.filter(participation__answers__show_words=True)[: settings.MESSAGES_SHOWN * 3]
    found = [row for row in readable if row.is_as_accepted]
    if not found:
        return []
    people = told_of_ids(form.told_of, form.left)
    fit = [row for row in found if not held_back(row.participation.words, people)]
    # Nobody's name stands on an open page: the tick that lets it be handed over does not speak of that.
    return [replace(told(row), name="") for row in fit[: settings.MESSAGES_SHOWN]]


def told(row: Message) -> PublishedMessage:
    """With the name if its writer wants it there."""
    part = row.participation
    return PublishedMessage(
        words=part.words, language=part.language, name=part.name if part.answers.get("show_name") else ""
    )


def as_it_goes(row: Participation) -> str:
    """All that leaves of what somebody wrote: the name too, where it goes along."""
    return f"{row.name}\n{row.words}" if row.answers.get("show_name") else row.words


def held_back(words: str, people: Sequence[ToldOf]) -> list[prose.Finding]:
    """What the prose guard finds in a message. Its writer may call a person as readers know them: by the name where that may be
    shown, else by the alias."""
    found = {
        finding for one in people for finding in findings_of(words, one, people) if finding.why not in _excused(one)
    }
    return sorted(found)


def _excused(one: ToldOf) -> set[str]:
    if one.has_left:
        return {"contact"}
    return {"name" if Scope.NAME in one.scopes else "alias", "contact"}
