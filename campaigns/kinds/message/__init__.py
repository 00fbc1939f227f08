"""Solidarity message: a few words for somebody, read by a moderator and handed over in batches."""

from dataclasses import replace
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.kinds.contract import SAID_OF_ANY, Kind, Word
from campaigns.kinds.message.answers import MessageAnswers
from campaigns.kinds.message.form import MessageForm
from campaigns.kinds.message.options import MessageOptions, MessageOptionsForm

SAYS = replace(
    SAID_OF_ANY,
    done=_("You wrote a message."),
    taken_back=_("You wrote a message and took it back."),
    counted=_("Your message is with us"),
    thanks=_("Thank you, %(name)s. Your message is with us."),
)


ON_THE_PAGE = _("Then everybody can read it on the campaign’s page too, without your name.")


def becomes(answers: MessageAnswers) -> Any:
    handed_over = _("Somebody reads it first; then it is handed over without your name.")
    if answers.show_name:
        handed_over = _("Somebody reads it first; then it is handed over with your name.")
    return format_lazy("{} {}", handed_over, ON_THE_PAGE) if answers.show_words else handed_over


MESSAGE = Kind(
    name="message",
    label=_("Write a message"),
    options=MessageOptions,
    options_form=MessageOptionsForm,
    words=(
        Word(name="title", label=_("What we ask, in one line"), limit=160),
        Word(name="body", label=_("For whom it is, how it gets there, and what gives strength"), limit=4_000, rows=8),
    ),
    answers=MessageAnswers,
    answers_form=MessageForm,
    free_words="words",
    says=SAYS,
    becomes=becomes,
)
