"""The letter, and a tick that is off until ticked."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from campaigns.kinds.following import FollowForm
from campaigns.kinds.free_words import FreeWordsField


class AppealForm(FollowForm):
    letter = FreeWordsField(
        label=_("Your letter"),
        max_length=settings.LETTER_CHARACTERS,
        rows=12,
        error_messages={"required": _("Please write a few words.")},
    )
    show_name = forms.BooleanField(label=_("Sign it with my name"), required=False)
