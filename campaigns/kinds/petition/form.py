"""The two ticks of a signature, both off until ticked."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PetitionForm(forms.Form):
    show_name = forms.BooleanField(label=_("Print my name in the copy that is handed over"), required=False)
    follow = forms.BooleanField(label=_("Write to me when there is news or something to do"), required=False)
