"""What every action kind is. A new kind is a new folder and one registration; one contract test holds them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Self, get_type_hints

from django import forms
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True)
class Record:
    """A frozen record kept as JSON; unknown fields and wrong types are our bug and raise ValueError."""

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        known = get_type_hints(cls)
        for name, value in data.items():
            if name not in known:
                raise ValueError(f"{cls.__name__} has no {name!r}")
            if type(value) is not known[name]:
                raise ValueError(f"{cls.__name__}.{name} must be {known[name].__name__}, not {type(value).__name__}")
        return cls(**data)

    def written(self) -> dict[str, Any]:
        """The record as JSON-ready data, checked by reading it back."""
        data = asdict(self)
        type(self).read(data)
        return data


@dataclass(frozen=True, kw_only=True)
class NoOptions(Record):
    """Of a kind that needs none."""


class NoOptionsForm(forms.Form):
    """Asks an organiser for nothing."""


@dataclass(frozen=True, kw_only=True)
class Word:
    """One text that an organiser writes for an action, in each language. Names of people stand in it as slots."""

    name: str
    label: Any  # translatable
    limit: int  # characters
    rows: int = 0  # of a text area; without rows it is one line
    is_plain: bool = False  # to be copied as it stands; else a text of several lines is Markdown
    may_be_empty: bool = False
    is_told_after: bool = False  # only to whoever took part and confirmed it
    hint: Any = ""


@dataclass(frozen=True, kw_only=True)
class Says:
    """What is said about a taking of an action, in mail and on one's own page; %(name)s in `thanks`."""

    is_it_you: Any
    once_more: Any
    entered: Any
    entered_again: Any
    counted_already: Any
    done_and_counted: Any
    counted: Any
    thanks: Any
    because: Any
    done: Any
    taken_back: Any


# What fits any kind.
SAID_OF_ANY = Says(
    is_it_you=_("Please confirm: was this you?"),
    once_more=_("Once more: was this you?"),
    entered=_(
        "Somebody, we hope you, entered this address in a campaign. Open the link and press the one button there, and it "
        "counts. Until then nothing does."
    ),
    entered_again=_(
        "Somebody, we hope you, entered this address in a campaign and has not confirmed it. We ask once more, and not "
        "again. Open the link and press the one button there, and it counts."
    ),
    counted_already=_("You are counted already."),
    done_and_counted=_("Done and counted"),
    counted=_("What you did is counted"),
    thanks=_("Thank you, %(name)s. What you did is counted."),
    because=_("You get this once, because you took part."),
    done=_("You took part."),
    taken_back=_("You took part and took it back."),
)


def _is_private(_answers: Record) -> Any:
    return _("Your name is shown to nobody.")


def _nothing_missing(_options: Record, _country: str) -> list[str]:
    return []


def _at_no_hour(_options: Record) -> None:
    return None


def _any_number(_options: Record) -> int:
    return 0


def _never_hidden(_options: Record) -> None:
    return None


@dataclass(frozen=True, kw_only=True)
class Happening:
    """When people come together, by the clock there; when it begins, nobody signs up any more."""

    begins: datetime
    ends: datetime

    @property
    def zone(self) -> str:
        return str(self.begins.tzinfo)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One way of acting.

    options: what the organiser sets, asked by options_form. words: the texts the organiser writes for it; a kind without any
    stands on the campaign's own. answers: what the supporter says beside name and address, asked by answers_form, whose fields
    are named like them. templates live in templates/kinds/<name>/: act.html (what is asked, and the form), confirm.html (what
    will be recorded), thanks.html (what was), count.html (how many), words.html (its own texts). Of a kind that records nothing
    only act.html and words.html.
    """

    name: str
    label: Any  # translatable; what a supporter does
    options: type[Record]
    options_form: type[forms.Form]
    words: tuple[Word, ...] = ()
    records: bool = True  # whether anything is entered; else it happens elsewhere, and nobody counts it
    is_reported: bool = False  # told by whoever did it, elsewhere: nobody else can know
    answers: type[Record]
    answers_form: type[forms.Form]
    free_words: str = ""  # the answer that somebody else will read: guarded, kept sealed, and read by a moderator first
    begins_from: str = (
        ""  # the word of an action that its free words begin as; left as it is, nobody need read it again
    )
    is_relayed: bool = False  # we send its free words to the office in `options.mailbox`, letter by letter
    says: Says = SAID_OF_ANY
    becomes: Callable[[Any], Any] = _is_private  # answers → what becomes of them and of the name, in a sentence
    missing: Callable[[Any, str], list[str]] = _nothing_missing  # (options, the State concerned) → codes
    happens: Callable[[Any], Happening | None] = _at_no_hour  # options → when
    capacity: Callable[[Any], int] = _any_number  # options → for how many there is room; 0: for any number
    by_organisations: bool = False  # partners sign it on their own pages
    hidden_until: Callable[[Any], datetime | None] = (
        _never_hidden  # options → the minute before which nobody outside sees it
    )

    def template(self, room: str) -> str:
        return f"kinds/{self.name}/{room}.html"

    @property
    def stands_on_the_campaign(self) -> bool:
        """Its words are the campaign's, approved with it."""
        return not self.words

    def answers_from(self, form: forms.Form) -> Record:
        return self.answers(**{field.name: form.cleaned_data[field.name] for field in fields(self.answers)})

    def apart(self, answers: Record) -> tuple[dict[str, Any], str]:
        """Answers as they are kept: what may lie open, and the free words, which are sealed."""
        data = answers.written()
        return data, data.pop(self.free_words) if self.free_words else ""

    def together(self, data: Mapping[str, Any], free_words: str) -> Any:
        """The answers of what `apart` parted."""
        return self.answers.read({**data, self.free_words: free_words} if self.free_words else data)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.name] = kind


def kind_named(name: str) -> Kind:
    """The kind of a name; KeyError when no folder registered it."""
    return _kinds[name]


def registered() -> list[Kind]:
    return list(_kinds.values())
