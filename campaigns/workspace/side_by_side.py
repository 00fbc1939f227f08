"""Words side by side, in the two working languages and any other of ours: the form that campaigns and alerts are written in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Self

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _

from campaigns.publishing.slots import PERSON_SLOTS, UNSEEN, slots_of, unknown_slots
from campaigns.publishing.workspace import PartState
from network.languages import LANGUAGES, current_language, direction_of, distance, own_name_of

WORKING_LANGUAGES = ("en", "fa")
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # turn what follows around: no reader sees them


def languages_as_read(languages: Iterable[str] = WORKING_LANGUAGES) -> list[str]:
    """The languages in which words are asked for, the page's own first."""
    own = current_language()
    return sorted(languages, key=lambda language: distance(language, own))


def more_languages(texts: Collection[str], waiting: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """For what is out: [(code, own name)] of the languages it is not written in, and of those that readers do not have yet."""
    return {
        "others": [(code, own_name_of(code)) for code in LANGUAGES if code not in texts],
        "waiting": [(code, own_name_of(code)) for code in waiting],
    }


def no_such_slot(slot: str, known: Iterable[str]) -> str:
    listed = " ".join(f"{{{one}}}" for one in sorted(known))
    return _("There is no slot {%(slot)s}. You can use: %(known)s") % {"slot": slot, "known": listed}


def text_widget(language: str, rows: int = 0) -> forms.Widget:
    attributes = {"class": "input", "lang": language, "dir": direction_of(language)}
    return forms.Textarea({**attributes, "rows": rows}) if rows else forms.TextInput(attributes)


class SideBySideForm(forms.Form):
    """A field per word and language, named <word>_<language>. Subclasses say which words, how long, with which slots."""

    labels: ClassVar[dict[str, Any]] = {}
    limits: ClassVar[dict[str, int]] = {}  # characters
    rows: ClassVar[dict[str, int]] = {}  # of a text area; a word without rows is one line
    allowed_slots: ClassVar[frozenset[str]] = PERSON_SLOTS  # and where there are any, those of one of several people

    states: Mapping[str, PartState] | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tongues = self.asked_languages()
        for language in self.tongues:
            for word, label in self.labels.items():
                self.fields[f"{word}_{language}"] = forms.CharField(
                    label=label,
                    max_length=self.limits[word],
                    required=False,
                    widget=text_widget(language, self.rows.get(word, 0)),
                )

    def asked_languages(self) -> list[str]:
        """In which its words are asked for, the page's own first."""
        return languages_as_read({*WORKING_LANGUAGES, *self._written(), *self._wanted()})

    def _written(self) -> Iterator[str]:
        """Languages whose words are there already, or were on the page that was sent."""
        given = self.data if self.is_bound else self.initial
        for language in LANGUAGES:
            names = (f"{word}_{language}" for word in self.labels)
            if any(name in given if self.is_bound else given.get(name) for name in names):
                yield language

    def _wanted(self) -> Iterator[str]:
        if self.asks_for_another and self.data.get("also") in LANGUAGES:
            yield self.data["also"]

    @property
    def asks_for_another(self) -> bool:
        """It was sent for one language more: nothing is kept yet, and nothing that was typed is lost."""
        return self.is_bound and "another_language" in self.data

    def full_clean(self) -> None:
        if self.asks_for_another:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def is_valid(self) -> bool:
        return not self.asks_for_another and super().is_valid()

    def others(self) -> list[tuple[str, str]]:
        """[(code, own name)] of languages that are not here yet."""
        return [(code, own_name_of(code)) for code in LANGUAGES if code not in self.tongues]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for language in self.tongues:
            for word in self.labels:
                name = f"{word}_{language}"
                if name in self.errors:  # what is wrong with it is told already
                    continue
                # Browsers send CRLF; kept with LF, so that saving unchanged words changes nothing that was approved.
                data[name] = data.get(name, "").replace("\r\n", "\n")
                self._check(name, data[name], one_line=word not in self.rows)
        return data

    def _check(self, name: str, words: str, *, one_line: bool) -> None:
        for slot in unknown_slots(words, allowed=self.allowed_slots and self.allowed_slots | slots_of()):
            self.add_error(name, no_such_slot(slot, self.allowed_slots))
        if UNSEEN.search(words) or TURNS.search(words):
            self.add_error(name, _("Something in it cannot be read. Please write it in plain letters."))
        if one_line and "\n" in words:
            self.add_error(name, _("One line, please."))

    def told_with(self, parts: Sequence[PartState]) -> Self:
        """Each side says how far its words have come. parts: of what is written; those of its words are named text:<language>."""
        self.states = {part.name.removeprefix("text:"): part for part in parts if part.name.startswith("text:")}
        return self

    def sides(self) -> Iterator[dict[str, Any]]:
        """The languages side by side: each with its name, direction and bound fields."""
        for language in self.tongues:
            yield {
                "language": language,
                "name": own_name_of(language),
                "direction": direction_of(language),
                "told": self.states is not None,
                "state": (self.states or {}).get(language),
                "fields": [self[f"{word}_{language}"] for word in self.labels],
            }

    def words_in(self, language: str) -> dict[str, str]:
        """{word: text} as typed in one language, after cleaning."""
        return {word: self.cleaned_data[f"{word}_{language}"] for word in self.labels}
