"""Form fields for names and addresses, the models' rules as messages beside the field, and for how letters should come."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from network.models import Person
from network.models.address import stored_form
from network.models.display_name import display_name, one_line
from network.refusals import NameTooLong, NotAnAddress, Refused


class _ByRule(forms.CharField):
    """A text whose rule is a function that raises Refused."""

    rule: Any

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return text
        try:
            return type(self).rule(text)
        except Refused as refused:
            raise forms.ValidationError(refused.reason) from None


class NameField(_ByRule):
    rule = staticmethod(display_name)

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": _("Please write a name; any name you like.")})
        # The widget's length stops honest slips; the rule answers with words what gets past it.
        kwargs.setdefault(
            "widget",
            forms.TextInput(
                attrs={
                    "class": "input",
                    "autocomplete": "name",
                    "maxlength": settings.DISPLAY_NAME_MAX_CHARACTERS,
                    "dir": "auto",
                }
            ),
        )
        super().__init__(strip=True, **kwargs)
        self.validators = []  # the rule says it better than "null characters are not allowed"


class AddressField(_ByRule):
    rule = staticmethod(stored_form)

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "error_messages", {"required": _("Please write your e-mail address."), "invalid": NotAnAddress.reason}
        )
        kwargs.setdefault(
            "widget",
            forms.EmailInput(
                attrs={"class": "input ltr", "autocomplete": "email", "inputmode": "email", "maxlength": 254}
            ),
        )
        super().__init__(strip=True, **kwargs)
        self.validators = []


class LanguageField(forms.ChoiceField):
    """Of the letters somebody gets."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Select({"class": "input"})
        super().__init__(label=_("In which language?"), choices=settings.LANGUAGES, widget=widget, **kwargs)


class PaceField(forms.ChoiceField):
    """How many letters somebody gets."""

    def __init__(self, **kwargs: Any) -> None:
        paces = [
            (Person.Pace.ASKED, _("When something is asked of me, or has happened")),
            (Person.Pace.URGENT, _("Only when it is urgent")),
        ]
        super().__init__(label=_("When?"), choices=paces, widget=forms.RadioSelect, **kwargs)


class PlainField(_ByRule):
    """One line of plain text, no longer than `max_length`: nothing hidden in it, no line break."""

    rule = staticmethod(one_line)

    def __init__(self, *, max_length: int, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "input", "maxlength": max_length, "dir": "auto"}))
        super().__init__(strip=True, **kwargs)
        self.max_characters = max_length
        self.validators = []

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if len(text) > self.max_characters:
            raise forms.ValidationError(NameTooLong.reason)
        return text
