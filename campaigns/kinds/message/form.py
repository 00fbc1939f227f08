"""The words, and two ticks that are off until ticked."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from campaigns.kinds.following import FollowForm
from network.models.display_name import several_lines
from network.refusals import NotAName


class MessageForm(FollowForm):
    words = forms.CharField(
        label=_("Your message"),
        max_length=settings.MESSAGE_CHARACTERS,
        widget=forms.Textarea({"class": "input", "rows": 6, "dir": "auto"}),
        error_messages={"required": _("Please write a few words.")},
    )
    show_name = forms.BooleanField(label=_("Hand it over with my name"), required=False)
    show_words = forms.BooleanField(label=_("It may be read on this page too"), required=False)

    def clean_words(self) -> str:
        try:
            return several_lines(self.cleaned_data["words"])
        except NotAName:
            raise forms.ValidationError(
                _("Something in it cannot be read. Please write it in plain letters.")
            ) from None
