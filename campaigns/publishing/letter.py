"""PublishedLetter: what an office gets to read when we send a letter for its writer. One form for the writer, who sees it before
confirming, for the moderator, and for the mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from campaigns.kinds.contract import kind_named
from campaigns.models import Message, Participation
from campaigns.publishing.action import PublishedAction
from campaigns.publishing.audiences import Audience
from campaigns.publishing.campaign import PublishedCampaign, find_by_id
from campaigns.publishing.message import as_it_goes, held_back
from campaigns.publishing.told_of import told_of_ids
from campaigns.publishing.vocabulary import DECLINED


@dataclass(frozen=True, kw_only=True)
class PublishedLetter:
    mailbox: str
    whom: str
    subject: str
    salutation: str
    words: str  # several lines
    signature: str  # the writer's name, or that it is known to whoever sends it
    is_signed: bool  # by name
    language: str
    operator: str  # who sends it
    sender: str  # from which mailbox


def letter_of(action: PublishedAction, *, words: str, name: str, operator: str) -> PublishedLetter:
    """name: empty where the writer does not sign. operator: who sends it."""
    with override(action.language):
        signature = name or gettext("Name known to %(operator)s") % {"operator": operator}
    return PublishedLetter(
        mailbox=action.options["mailbox"],
        whom=action.words["whom"],
        subject=action.words["subject"],
        salutation=action.words["salutation"],
        words=words,
        signature=signature,
        is_signed=bool(name),
        language=action.language,
        operator=operator,
        sender=parseaddr(settings.LETTERS_FROM_EMAIL)[1],
    )


HANDED_OVER = _("It was handed over.")
NOT_GONE = _("It was read, and does not go.")
OF_BEFORE = _("You signed an earlier letter of this campaign. You stay counted there; the new one is signed anew.")
NOT_FOR_YOU = _("You are counted. No letter is sent for you, because you told us that you may be in danger.")


def becomes_of(row: Participation) -> Any:
    """What becomes of what somebody did, in a sentence for them."""
    kind = kind_named(row.action.kind)
    if kind.is_relayed and row.person is not None and row.person.at_risk:
        return NOT_FOR_YOU
    message = Message.objects.filter(participation=row).select_related("batch").first() if kind.free_words else None
    if message is not None and message.batch is not None and message.batch.handed_over_on is not None:
        return HANDED_OVER
    if message is not None and message.state == Message.State.DECLINED:
        return format_lazy("{} {}", NOT_GONE, DECLINED[message.reason])
    since = row.action.campaign.rewritten_at
    if kind.stands_on_the_campaign and since is not None and row.entered_at < since:
        return OF_BEFORE
    return kind.becomes(kind.together(row.answers, row.words))


def form_for(row: Participation, *, at: datetime) -> PublishedCampaign | None:
    """The campaign of a participation as its writer read it."""
    return find_by_id(row.action.campaign_id, audience=Audience.PUBLIC, language=row.language, at=at)


def action_in(form: PublishedCampaign | None, action_id: int) -> PublishedAction | None:
    """As it may be shown; None where it may not, or no more."""
    return next((one for one in form.actions if one.id == action_id), None) if form else None


def is_sample(row: Participation, *, at: datetime) -> bool:
    """Whether somebody left the letter as the action's approved words begin it: then a second person has read it already."""
    kind = kind_named(row.action.kind)
    action = action_in(form_for(row, at=at), row.action_id) if kind.begins_from else None
    return action is not None and row.words.split() == action.words[kind.begins_from].split()


def letter_to_send(message: Message, *, operator: str, at: datetime) -> PublishedLetter | None:
    """Exactly as it was accepted; None where it may not go: taken back, reworded since, its campaign silent, or telling what
    today's consent does not cover."""
    row = message.participation
    form = form_for(row, at=at)
    action = action_in(form, row.action_id)
    if form is None or action is None or not message.is_as_accepted or row.state != Participation.State.CONFIRMED:
        return None
    if held_back(as_it_goes(row), told_of_ids(form.told_of, form.left)):
        return None
    name = row.name if row.answers.get("show_name") else ""
    return letter_of(action, words=row.words, name=name, operator=operator)
