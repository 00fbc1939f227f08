"""Words of a supporter's own, in several lines."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from network.models.display_name import several_lines
from network.refusals import NotAName


class FreeWordsField(forms.CharField):
    """Refuses letters that nobody can see."""

    def __init__(self, *, rows: int, **more: Any) -> None:
        super().__init__(widget=forms.Textarea({"class": "input", "rows": rows, "dir": "auto"}), **more)

    def clean(self, value: Any) -> str:
        try:
            return several_lines(super().clean(value))
        except NotAName:
            raise forms.ValidationError(
                _("Something in it cannot be read. Please write it in plain letters.")
            ) from None
