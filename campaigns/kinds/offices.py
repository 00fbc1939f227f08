"""An office that supporters turn to themselves: of which country it is, and how it is reached."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.kinds.contract import Record


@dataclass(frozen=True, kw_only=True)
class Office(Record):
    country: str = ""  # ISO 3166-1; empty: of no single State


class OfficeForm(forms.Form):
    country = forms.CharField(
        label=_("Country of the office, in two letters; empty for the United Nations and the like"),
        max_length=2,
        min_length=2,
        required=False,
        widget=forms.TextInput({"class": "input short ltr", "autocomplete": "off"}),
    )

    def clean_country(self) -> str:
        code = self.cleaned_data["country"].upper()
        if code and not (code.isascii() and code.isalpha()):
            raise forms.ValidationError(_("Two letters, as NL or FR."))
        return code


def asks_the_state_concerned(options: Office, country: str) -> bool:
    """Whether the office is of the State that the campaign is about."""
    return bool(country) and options.country == country
