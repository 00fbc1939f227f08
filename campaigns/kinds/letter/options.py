"""What the organiser sets: the office, and how it is written to."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.kinds.offices import MailboxField, Office, OfficeForm


@dataclass(frozen=True, kw_only=True)
class LetterOptions(Office):
    mailbox: str = ""  # of the office
    postal: str = ""  # its address on paper, line by line


class LetterOptionsForm(OfficeForm):
    mailbox = MailboxField(label=_("Mailbox of the office"), required=False)
    postal = forms.CharField(
        label=_("Its address on paper, line by line"),
        max_length=400,
        required=False,
        widget=forms.Textarea({"class": "input", "rows": 4, "dir": "auto"}),
    )

    def clean_postal(self) -> str:
        return self.cleaned_data["postal"].replace("\r\n", "\n")
