"""Letter: write to an office in one's own words, from one's own mail or on paper, and tell us that it went."""

from django.utils.translation import gettext_lazy as _

from campaigns.kinds.contract import Kind
from campaigns.kinds.letter.answers import LetterAnswers
from campaigns.kinds.letter.form import LetterForm
from campaigns.kinds.letter.options import LetterOptions, LetterOptionsForm
from campaigns.kinds.offices import LETTER_WORDS


def missing(options: LetterOptions, _country: str) -> list[str]:
    return [] if options.mailbox or options.postal else ["way-to-write"]


LETTER = Kind(
    name="letter",
    label=_("Write a letter"),
    options=LetterOptions,
    options_form=LetterOptionsForm,
    words=LETTER_WORDS,
    is_reported=True,
    answers=LetterAnswers,
    answers_form=LetterForm,
    missing=missing,
)
