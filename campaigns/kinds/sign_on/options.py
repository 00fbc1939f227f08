"""What the organiser sets: the minute at which everybody may read it."""

from dataclasses import dataclass
from datetime import UTC

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.kinds.contract import Record


@dataclass(frozen=True, kw_only=True)
class SignOnOptions(Record):
    release: str = ""  # ISO time with its zone; empty: at once


class SignOnOptionsForm(forms.Form):
    release = forms.DateTimeField(
        label=_("The minute at which everybody may read it (UTC); empty: at once"),
        required=False,
    )

    def clean_release(self) -> str:
        moment = self.cleaned_data["release"]
        return moment.replace(second=0, microsecond=0, tzinfo=moment.tzinfo or UTC).isoformat() if moment else ""
