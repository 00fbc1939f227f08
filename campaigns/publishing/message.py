"""Messages as they may be read: by whoever opens the campaign's page, by a moderator, and on the paper that is handed over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.conf import settings

from campaigns.models import Case, Message, Participation, PublicationConsent
from campaigns.publishing import prose
from campaigns.publishing.campaign import PublishedCampaign

Scope = PublicationConsent.Scope


@dataclass(frozen=True, kw_only=True)
class PublishedMessage:
    words: str  # several lines
    language: str
    name: str  # empty: its writer did not want to be named


def shown(form: PublishedCampaign, action_id: int) -> list[PublishedMessage]:
    """The latest messages of an action that their writers let everybody read, exactly as they were accepted, where today's
    consent permits every word of them; MESSAGES_SHOWN at most."""
    rows = (
        Message.objects.accepted().of_action(action_id).select_related("participation").order_by("-decided_at", "-pk")
    )
    readable = rows.filter(participation__answers__show_words=True)[: settings.MESSAGES_SHOWN * 3]
    found = [row for row in readable if row.is_as_accepted]
    if not found:
        return []
    case = Case.objects.get(pk=form.case_id)
    fit = [row for row in found if not held_back(row.participation.words, case, form.scopes)]
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


def held_back(words: str, case: Case, scopes: Iterable[str]) -> list[prose.Finding]:
    """What the prose guard finds in a message. Its writer may call the person as readers know them: by the name where that may
    be shown, else by the alias."""
    known_as = "name" if Scope.NAME in set(scopes) else "alias"
    return [one for one in prose.findings(words, case, frozenset(scopes)) if one.why not in {known_as, "contact"}]
