"""Appeal: a letter in one's own words to an office, which we send for its writer, one by one and in the office's hours."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.kinds.appeal.answers import AppealAnswers
from campaigns.kinds.appeal.form import AppealForm
from campaigns.kinds.appeal.options import AppealOptions, AppealOptionsForm
from campaigns.kinds.contract import SAID_OF_ANY, Kind
from campaigns.kinds.offices import LETTER_WORDS

SAYS = replace(
    SAID_OF_ANY,
    done=_("You wrote a letter that we send."),
    taken_back=_("You wrote a letter and took it back."),
    counted=_("Your letter is with us"),
    thanks=_("Thank you, %(name)s. Your letter is with us."),
)


def becomes(answers: AppealAnswers) -> Any:
    if answers.show_name:
        return _("It is sent with your name, and without your address. Words of your own are read by somebody first.")
    return _("It is sent without your name and address. Words of your own are read by somebody first.")


def missing(options: AppealOptions, _country: str) -> list[str]:
    return [] if options.mailbox else ["mailbox"]


APPEAL = Kind(
    name="appeal",
    label=_("Send a letter through us"),
    options=AppealOptions,
    options_form=AppealOptionsForm,
    words=LETTER_WORDS,
    answers=AppealAnswers,
    answers_form=AppealForm,
    free_words="letter",
    begins_from="sample",
    is_relayed=True,
    says=SAYS,
    becomes=becomes,
    missing=missing,
)
