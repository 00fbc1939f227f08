"""What the organiser sets: which office, and its number."""

import re
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.kinds.offices import Office, OfficeForm
from network.languages import fold_digits

NUMBER = re.compile(r"\+?[0-9]{3,15}")


@dataclass(frozen=True, kw_only=True)
class CallOptions(Office):
    number: str = ""  # digits, with + before the country's code


class CallOptionsForm(OfficeForm):
    number = forms.CharField(
        label=_("Telephone number, with + and the country’s code"),
        max_length=32,
        required=False,
        widget=forms.TextInput({"class": "input ltr", "inputmode": "tel", "autocomplete": "off"}),
    )

    def clean_number(self) -> str:
        number = re.sub(r"[\s()./\u2010-\u2015-]", "", fold_digits(self.cleaned_data["number"]))
        if number and not NUMBER.fullmatch(number):
            raise forms.ValidationError(_("This is no telephone number."))
        return number
