"""What the organiser sets: the office, and how it is written to."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.kinds.offices import Office, OfficeForm
from network.models.address import stored_form
from network.refusals import Refused


@dataclass(frozen=True, kw_only=True)
class LetterOptions(Office):
    mailbox: str = ""  # of the office
    postal: str = ""  # its address on paper, line by line


class LetterOptionsForm(OfficeForm):
    mailbox = forms.CharField(
        label=_("Mailbox of the office"),
        max_length=254,
        required=False,
        widget=forms.TextInput({"class": "input ltr", "inputmode": "email", "autocomplete": "off"}),
    )
    postal = forms.CharField(
        label=_("Its address on paper, line by line"),
        max_length=400,
        required=False,
        widget=forms.Textarea({"class": "input", "rows": 4, "dir": "auto"}),
    )

    def clean_mailbox(self) -> str:
        typed = self.cleaned_data["mailbox"]
        try:
            return stored_form(typed) if typed else ""
        except Refused as refused:
            raise forms.ValidationError(refused.reason) from None

    def clean_postal(self) -> str:
        return self.cleaned_data["postal"].replace("\r\n", "\n")
