"""Share: pass the campaign on. It happens where we do not look: nothing is entered, and nobody counts it."""

from django.utils.translation import gettext_lazy as _

from campaigns.kinds.contract import Kind, Word
from campaigns.kinds.share.answers import ShareAnswers
from campaigns.kinds.share.form import ShareForm
from campaigns.kinds.share.options import ShareOptions, ShareOptionsForm

SHARE = Kind(
    name="share",
    label=_("Pass it on"),
    options=ShareOptions,
    options_form=ShareOptionsForm,
    words=(
        Word(name="title", label=_("What we ask, in one line"), limit=160),
        Word(
            name="text",
            label=_("The words to pass on, as they stand"),
            limit=500,
            rows=4,
            is_plain=True,
            hint=_("The campaign’s address is added to them."),
        ),
    ),
    records=False,
    answers=ShareAnswers,
    answers_form=ShareForm,
)
