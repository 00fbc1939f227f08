"""The organiser's form for an action's words, side by side, made of what its kind names."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.kinds.contract import Kind
from campaigns.workspace.days import DayField, MomentField
from campaigns.workspace.side_by_side import SideBySideForm


class ActionWordsForm(SideBySideForm):
    hints: dict[str, Any]

    last_day = DayField(
        label=_("The last day on which it is asked; empty if it has none"),
        help_text=_(
            "With a last day it is an urgent action: it gets a number, and ends by itself when that day is over."
        ),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in self.tongues:
            for word, hint in self.hints.items():
                self.fields[f"{word}_{language}"].help_text = hint

    def texts(self) -> dict[str, dict[str, str]]:
        return {language: self.words_in(language) for language in self.tongues}


@cache
def options_form_of(kind: Kind) -> type[forms.Form]:
    """The kind's own questions; a moment is asked for as everywhere in the workspace, in either calendar."""
    moments = {
        name: MomentField(label=field.label, required=field.required)
        for name, field in kind.options_form.base_fields.items()
        if isinstance(field, forms.DateTimeField)
    }
    return type("OptionsForm", (kind.options_form,), moments) if moments else kind.options_form


@cache
def words_form_of(kind: Kind) -> type[ActionWordsForm]:
    members: dict[str, Any] = {
        "labels": {word.name: word.label for word in kind.words},
        "limits": {word.name: word.limit for word in kind.words},
        "rows": {word.name: word.rows for word in kind.words if word.rows},
        "hints": {word.name: word.hint for word in kind.words if word.hint},
    }
    return type("WordsForm", (ActionWordsForm,), members)
