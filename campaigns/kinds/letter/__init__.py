"""Letter: write to an office in one's own words, from one's own mail or on paper, and tell us that it went."""

from django.utils.translation import gettext_lazy as _

from campaigns.kinds.contract import Kind, Word
from campaigns.kinds.letter.answers import LetterAnswers
from campaigns.kinds.letter.form import LetterForm
from campaigns.kinds.letter.options import LetterOptions, LetterOptionsForm


def missing(options: LetterOptions, _country: str) -> list[str]:
    return [] if options.mailbox or options.postal else ["way-to-write"]


LETTER = Kind(
    name="letter",
    label=_("Write a letter"),
    options=LetterOptions,
    options_form=LetterOptionsForm,
    words=(
        Word(name="title", label=_("What we ask, in one line"), limit=160),
        Word(name="whom", label=_("Who is written to"), limit=160),
        Word(name="salutation", label=_("How they are addressed"), limit=160),
        Word(name="points", label=_("What to say, point by point"), limit=2_000, rows=6),
        Word(name="subject", label=_("Subject of the letter"), limit=160, is_plain=True),
        Word(name="sample", label=_("A letter to begin from"), limit=4_000, rows=10, is_plain=True),
    ),
    is_reported=True,
    answers=LetterAnswers,
    answers_form=LetterForm,
    missing=missing,
)
