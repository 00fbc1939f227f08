"""Call: ring an office of one's own country and say, politely, what is asked."""

from django.utils.translation import gettext_lazy as _

from campaigns.kinds.call.answers import CallAnswers
from campaigns.kinds.call.form import CallForm
from campaigns.kinds.call.options import CallOptions, CallOptionsForm
from campaigns.kinds.contract import Kind, Word
from campaigns.kinds.offices import CALLS_THE_STATE, asks_the_state_concerned


def missing(options: CallOptions, country: str) -> list[str]:
    """A call tells an office whose telephone it is: never to one of the State concerned."""
    found = [] if options.number else ["number"]
    return [*found, CALLS_THE_STATE] if asks_the_state_concerned(options, country) else found


CALL = Kind(
    name="call",
    label=_("Make a call"),
    options=CallOptions,
    options_form=CallOptionsForm,
    words=(
        Word(name="title", label=_("What we ask, in one line"), limit=160),
        Word(name="whom", label=_("Who is called"), limit=160),
        Word(name="hours", label=_("When somebody answers there"), limit=160, may_be_empty=True),
        Word(name="opening", label=_("How to begin"), limit=600, rows=3),
        Word(name="ask", label=_("What to ask for"), limit=1_200, rows=5),
        Word(
            name="answers",
            label=_("What they may answer, and what to say then"),
            limit=2_000,
            rows=6,
            may_be_empty=True,
        ),
    ),
    is_reported=True,
    answers=CallAnswers,
    answers_form=CallForm,
    missing=missing,
)
