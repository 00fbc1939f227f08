"""Whole numbers as people type and read them: in the reader's digits, taken in any."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from network.languages import current_language, digits_of


class CountInput(forms.TextInput):
    """A browser's number control takes Latin digits only."""

    def __init__(self) -> None:
        super().__init__({"class": "input", "inputmode": "numeric", "autocomplete": "off"})

    def format_value(self, value: Any) -> str | None:
        text = super().format_value(value)
        return None if text is None else digits_of(text, current_language())


class CountField(forms.IntegerField):
    widget = CountInput
    default_error_messages: ClassVar[dict[str, Any]] = {"invalid": _("Write a whole number, in figures.")}
