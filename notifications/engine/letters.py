"""Letters: what leaves for an office, made at the moment it leaves, from what may be shown then."""

from __future__ import annotations

import time
from datetime import datetime
from email.utils import formataddr

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from campaigns.models import Action, Message
from campaigns.publishing.audiences import Audience
from campaigns.publishing.campaign import find_by_id
from campaigns.publishing.letter import PublishedLetter, action_in, letter_of, letter_to_send
from network.languages import direction_of
from notifications.channels.contract import Message as Mail
from notifications.engine.composing import compose, ids_of
from notifications.engine.lines import in_lines
from notifications.flows import relaying
from notifications.models import Letter
from notifications.refusals import NotNow


def mail_of(letter: Letter, *, at: datetime) -> Mail:
    """Raises NotNow where it may not go at this moment: its lane held, refused or over, outside its hours; taken back, to be read
    again, or its campaign silent."""
    if not relaying.may_leave(letter, at=at):
        raise NotNow
    messages = Message.objects.standing().select_related("participation__action__campaign__case")
    message = messages.filter(participation=letter.participation_id).first()
    found = letter_to_send(message, operator=settings.OPERATOR_NAME, at=at) if message else None
    if found is None:
        raise NotNow
    return mail_to(found, recipient=letter.lane.mailbox, message_id=ids_of("letter")(letter.pk), at=at)


def letter_test(action_id: int, *, recipient: str, language: str, at: datetime) -> Mail | None:
    """The letter that an action begins with, to the organiser who asks for it; None while it is shown to nobody."""
    row = Action.objects.get(pk=action_id)
    form = find_by_id(row.campaign_id, audience=Audience.PUBLIC, language=language, at=at)
    action = action_in(form, action_id)
    if action is None:
        return None
    words = action.words[action.kind_of.begins_from]
    found = letter_of(action, words=words, name="", operator=settings.OPERATOR_NAME)
    return mail_to(found, recipient=recipient, message_id=ids_of("letter-test")(time.time_ns()), at=at)


def mail_to(letter: PublishedLetter, *, recipient: str, message_id: str, at: datetime) -> Mail:
    """recipient: the office, or whoever wants to see first what it would get."""
    with translation.override(letter.language):
        context = {
            "letter": letter,
            "language": letter.language,
            "direction": direction_of(letter.language),
            "operator_name": letter.operator,
            "operator_address": settings.OPERATOR_ADDRESS,
            "site_url": settings.SITE_URL,
        }
        return compose(
            sender=formataddr((letter.signature, letter.sender)),
            recipient=recipient,
            subject=letter.subject,
            text=in_lines(render_to_string("mail/letter.txt", context)),
            html=render_to_string("mail/letter.html", context),
            message_id=message_id,
            at=at,
            language=letter.language,
            is_personal=True,
        )
