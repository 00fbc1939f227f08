"""The one question most kinds ask beside name and address: whether to be told what happens."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.kinds.contract import Record


@dataclass(frozen=True, kw_only=True)
class Follows(Record):
    follow: bool = False  # join the campaign and be told what happens


class FollowForm(forms.Form):
    follow = forms.BooleanField(label=_("Write to me when there is news or something to do"), required=False)
