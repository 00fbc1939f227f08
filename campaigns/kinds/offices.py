"""An office that is turned to: of which country it is, and how it is reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.kinds.contract import Record, Word
from network.countries import TRIAL_COUNTRY, name_of, names_in
from network.languages import current_language
from network.models.address import stored_form
from network.refusals import Refused

# Of a letter, whoever sends it.
LETTER_WORDS = (
    Word(name="title", label=_("What we ask, in one line"), limit=160),
    Word(name="whom", label=_("Who is written to"), limit=160),
    Word(name="salutation", label=_("How they are addressed"), limit=160),
    Word(name="points", label=_("What to say, point by point"), limit=2_000, rows=6),
    Word(name="subject", label=_("Subject of the letter"), limit=160, is_plain=True),
    Word(name="sample", label=_("A letter to begin from"), limit=4_000, rows=10, is_plain=True),
)


CALLS_THE_STATE = "calls-the-state"  # code of what is missing: another office


@dataclass(frozen=True, kw_only=True)
class Office(Record):
    country: str = ""  # ISO 3166-1; empty: of no single State


def seats_to_choose() -> Sequence[tuple[str, Any]]:
    """States in which an office may sit, by their names in the page's language; first that it sits in none."""
    own = current_language()
    invented = [(TRIAL_COUNTRY, name_of(TRIAL_COUNTRY, own))]
    return [("", _("Not said, or in no single State, as the United Nations")), *names_in(own).items(), *invented]


class OfficeForm(forms.Form):
    country = forms.ChoiceField(
        label=_("Where does the office sit?"),
        choices=seats_to_choose,
        required=False,
        widget=forms.Select({"class": "input"}),
    )


class MailboxField(forms.CharField):
    """Of an office, in the form in which we keep addresses."""

    def __init__(self, **more: Any) -> None:
        kept = forms.TextInput({"class": "input ltr", "inputmode": "email", "autocomplete": "off"})
        super().__init__(max_length=254, widget=kept, **more)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        try:
            return stored_form(typed) if typed else ""
        except Refused as refused:
            raise forms.ValidationError(refused.reason) from None


def asks_the_state_concerned(options: Office, country: str) -> bool:
    """Whether the office is of the State that the campaign is about."""
    return bool(country) and options.country == country
