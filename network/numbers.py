"""Whole numbers as people type and read them: in the reader's digits, taken in any."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from network.languages import current_language, digits_of

THOUSANDS = re.compile(r"(?<=\d)[,٬’\u00a0\u202f ](?=\d{3}(?!\d))")


class CountInput(forms.TextInput):
    """A browser's number control takes Latin digits only."""

    def __init__(self) -> None:
        super().__init__({"class": "input", "inputmode": "numeric", "autocomplete": "off"})

    def format_value(self, value: Any) -> str | None:
        text = super().format_value(value)
        return None if text is None else digits_of(text, current_language())


class CountField(forms.IntegerField):
    """Also with the marks by which thousands are set apart: 1,200, ۱٬۲۰۰."""

    widget = CountInput
    default_error_messages: ClassVar[dict[str, Any]] = {"invalid": _("Write a whole number, in figures.")}

    def to_python(self, value: Any) -> int | None:
        return super().to_python(THOUSANDS.sub("", value) if isinstance(value, str) else value)
