"""The words, and two ticks that are off until ticked."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from campaigns.kinds.following import FollowForm
from campaigns.kinds.free_words import FreeWordsField


class MessageForm(FollowForm):
    words = FreeWordsField(
        label=_("Your message"),
        max_length=settings.MESSAGE_CHARACTERS,
        rows=6,
        error_messages={"required": _("Please write a few words.")},
    )
    show_name = forms.BooleanField(label=_("Hand it over with my name"), required=False)
    show_words = forms.BooleanField(label=_("It may be read on this page too"), required=False)
