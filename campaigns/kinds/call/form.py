"""How the call went, in one choice."""

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.kinds.following import FollowForm

OUTCOMES = [
    ("spoke", _("I spoke with somebody")),
    ("left_word", _("I left a message")),
    ("nobody", _("Nobody answered")),
]


class CallForm(FollowForm):
    outcome = forms.ChoiceField(
        label=_("How did it go?"),
        choices=OUTCOMES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how it went; that nobody answered counts too.")},
    )
