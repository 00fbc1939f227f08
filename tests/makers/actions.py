from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from campaigns.flows.campaign import acting, offering
from campaigns.kinds.contract import Kind, kind_named
from campaigns.kinds.message.answers import MessageAnswers
from campaigns.models import Action, Campaign, Message, Participation
from campaigns.publishing.action import parts_of
from network.models.address import stored_form
from tests.makers.network import Network

OPTIONS: dict[str, dict[str, Any]] = {
    "appeal": {"country": "NL", "mailbox": "minister@ministry.example"},
    "call": {"country": "NL", "number": "+31201234567"},
    "gathering": {"place": "NL Europe/Amsterdam", "starts": "2027-03-01T18:30", "minutes": 90, "room": 40},
    "letter": {"country": "NL", "mailbox": "minister@ministry.example", "postal": "P.O. Box 1\nThe Hague"},
    "message": {"organisations": True, "case": True, "politics": True},
}
ANSWERS: dict[str, dict[str, Any]] = {
    "appeal": {"letter": "Would you ask that an observer attends the appeal?", "show_name": True},
    "call": {"outcome": "spoke"},
    "letter": {"way": "mail"},
    "message": {"words": "The almond tree at our gate is in flower.", "show_name": True},
}


def words_for(kind: Kind, language: str) -> dict[str, str]:
    """Something in each of its texts, told apart by its name."""
    return {word.name: f"{'Words' if language == 'en' else 'واژه‌ها'} {word.name} {{person}}" for word in kind.words}


def make_action(
    network: Network,
    campaign: Campaign,
    kind: str = "message",
    *,
    opened: bool = True,
    options: dict[str, Any] | None = None,
    words: dict[str, dict[str, str]] | None = None,
    last_day: date | None = None,
) -> Action:
    """Offered, written in English and Persian, approved and opened through the flows."""
    now = timezone.now()
    action = offering.offer(campaign.pk, kind, by=network.writer, at=now)
    texts = {language: words_for(kind_named(kind), language) for language in ("en", "fa")}
    for language, changed in (words or {}).items():
        texts[language] = {**texts[language], **changed}
    given = options if options is not None else OPTIONS.get(kind, {})
    action = offering.write(action.pk, options=given, texts=texts, last_day=last_day, by=network.writer, at=now)
    if opened:
        approve_action(network, action)
        action = offering.open_(action.pk, by=network.approver, at=now)
    return action


def approve_action(network: Network, action: Action) -> None:
    for part in parts_of(Action.objects.get(pk=action.pk)):
        offering.approve(action.pk, part.name, digest=part.digest, by=network.approver, at=timezone.now())


def make_message(
    action: Action,
    address: str,
    words: str = "The almond tree at our gate is in flower.",
    *,
    name: str = "A Writer",
    show_name: bool = False,
    show_words: bool = False,
    language: str = "en",
) -> Message:
    """Entered and confirmed; it waits for a moderator."""
    now = timezone.now()
    answers = MessageAnswers(words=words, show_name=show_name, show_words=show_words)
    entry = acting.Entry(address=stored_form(address), name=name, language=language, answers=answers)
    row = acting.enter(action.pk, entry, at=now)
    acting.confirm(row.pk, name=name, answers=answers, at=now)
    return Message.objects.get(participation=Participation.objects.get(pk=row.pk))
