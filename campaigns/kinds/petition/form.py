"""The two ticks of a signature, both off until ticked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.kinds.following import FollowForm


class PetitionForm(FollowForm):
    show_name = forms.BooleanField(label=_("Print my name in the copy that is handed over"), required=False)
