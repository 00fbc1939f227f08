"""What the organiser sets: what a message may not speak of, because it would not get through or would do harm."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.kinds.contract import Record

RULES = ("organisations", "case", "politics")


@dataclass(frozen=True, kw_only=True)
class MessageOptions(Record):
    organisations: bool = True  # name no organisation
    case: bool = True  # say nothing of the case: prison, court, charge
    politics: bool = True  # say nothing of politics or rights

    def rules(self) -> list[str]:
        return [rule for rule in RULES if getattr(self, rule)]


class MessageOptionsForm(forms.Form):
    organisations = forms.BooleanField(label=_("It names no organisation"), required=False)
    case = forms.BooleanField(label=_("It says nothing of the case: prison, court, charge"), required=False)
    politics = forms.BooleanField(label=_("It says nothing of politics or rights"), required=False)
