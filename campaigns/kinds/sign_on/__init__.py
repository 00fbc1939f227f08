"""Sign-on: organisations put their names under one text, which appears everywhere at one minute. People enter nothing."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.kinds.contract import Kind, Word
from campaigns.kinds.sign_on.answers import SignOnAnswers
from campaigns.kinds.sign_on.form import SignOnForm
from campaigns.kinds.sign_on.options import SignOnOptions, SignOnOptionsForm


def hidden_until(options: Any) -> datetime | None:
    return datetime.fromisoformat(options.release) if options.release else None


SIGN_ON = Kind(
    name="sign_on",
    label=_("A joint statement of organisations"),
    options=SignOnOptions,
    options_form=SignOnOptionsForm,
    words=(
        Word(name="title", label=_("Title of the statement"), limit=160),
        Word(name="body", label=_("The statement, as it is signed"), limit=12_000, rows=14),
    ),
    records=False,
    by_organisations=True,
    answers=SignOnAnswers,
    answers_form=SignOnForm,
    hidden_until=hidden_until,
)
