"""Pledge: promise to do something, in one's own name."""

from django.utils.translation import gettext_lazy as _

from campaigns.kinds.contract import Kind, Word
from campaigns.kinds.pledge.answers import PledgeAnswers
from campaigns.kinds.pledge.form import PledgeForm
from campaigns.kinds.pledge.options import PledgeOptions, PledgeOptionsForm

PLEDGE = Kind(
    name="pledge",
    label=_("Make a pledge"),
    options=PledgeOptions,
    options_form=PledgeOptionsForm,
    words=(
        Word(name="title", label=_("What people promise, in one line"), limit=160),
        Word(name="body", label=_("What it means, and how one keeps it"), limit=4_000, rows=8),
    ),
    answers=PledgeAnswers,
    answers_form=PledgeForm,
)
