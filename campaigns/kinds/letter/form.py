"""How the letter went, in one choice."""

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.kinds.following import FollowForm

WAYS = [("mail", _("By my own e-mail")), ("paper", _("On paper"))]


class LetterForm(FollowForm):
    way = forms.ChoiceField(
        label=_("How did you send it?"),
        choices=WAYS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how you sent it.")},
    )
