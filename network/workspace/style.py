"""/organise/style/: every element in each of its states, in every language and so in both directions. What pages are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from network.languages import direction_of
from network.open.fields import AddressField, NameField
from network.permissions import MAY_READ
from network.personal.request import PersonalRequest
from network.workspace.access import for_roles


@dataclass(frozen=True)
class Name:
    text: str
    language: str

    @property
    def direction(self) -> str:
        return direction_of(self.language)


# Invented people, as everywhere in what is shown for trying.
NAMES = (
    (Name("Behnam Daryazad", "en"), Name("بهنام دریازاد", "fa")),
    (Name("Salma al-Zaytuni", "en"), Name("سلمى الزيتوني", "ar")),
    (Name("Inés Valdeluz", "es"),),
    (Name("Baran", "en"), Name("باران", "fa")),
)


@dataclass(frozen=True, kw_only=True)
class Status:
    """How a person is, as the record tells it."""

    words: Any
    from_earliest: date
    from_latest: date
    reported: Any
    value: str = ""


@dataclass(frozen=True, kw_only=True)
class Article:
    instrument: str
    number: str
    label: Any
    is_binding: bool
    since: date | None = None


FAMILY = _("as reported by the family")


class SampleForm(forms.Form):
    name = NameField(label=_("Your name"), help_text=_("Any name you like. No page shows it."))
    email = AddressField(label=_("E-mail"))
    country = forms.ChoiceField(
        label=_("Country"), choices=[("", _("Choose one"))], required=False, widget=forms.Select({"class": "input"})
    )
    words = forms.CharField(
        label=_("The letter"), required=False, widget=forms.Textarea({"class": "input", "rows": 3, "dir": "auto"})
    )
    settled = forms.CharField(
        label=_("Legal name"), initial="Almond Street", disabled=True, widget=forms.TextInput({"class": "input"})
    )
    follow = forms.BooleanField(label=_("Write to me when something is asked of me"), required=False)


@for_roles(MAY_READ)
@require_safe
def style(request: PersonalRequest) -> HttpResponse:
    """?in=ar shows the elements in Arabic; without it in the page's own language."""
    asked = request.GET.get("in", "")
    shown = asked if asked in dict(settings.LANGUAGES) else translation.get_language()
    wrong = SampleForm({"wrong-name": "", "wrong-email": "asal.example.org"}, prefix="wrong")
    wrong.is_valid()
    context: dict[str, Any] = {
        "shown": shown,
        "shown_direction": direction_of(shown),
        "every": [(code, name, direction_of(code)) for code, name in settings.LANGUAGES],
        "people": NAMES,
        "form": SampleForm(prefix="sample"),
        "wrong": wrong,
        "entries": [
            {"on": date(2026, 11, 9), "text": _("A visit, the first in three months.")},
            {"on": date(2026, 10, 1), "until": date(2026, 10, 8), "text": _("Moved; the day is not certain.")},
            {"on": date(2026, 5, 14), "text": _("A campaign opened."), "is_ours": True},
        ],
        "lanes": ((20, 0), (13, 7), (0, 9)),
        "bars": [(3, 5), (8, 9), (21, 30), (13, 14), (5, 5)],
        "facets": [
            {"title": title, "statuses": [Status(words=words, from_earliest=first, from_latest=last, reported=FAMILY)]}
            for title, words, first, last in (
                (_("Liberty"), _("Detained"), date(2026, 2, 3), date(2026, 2, 3)),
                (_("Before the law"), _("On trial"), date(2026, 7, 1), date(2026, 7, 31)),
                (_("What they face"), _("Medical care denied"), date(2026, 10, 5), date(2026, 10, 18)),
            )
        ],
        "law": [
            Article(instrument="ICCPR", number="19", label=_("Expression."), is_binding=True, since=date(1975, 1, 5)),
            Article(instrument="UDHR", number="19", label=_("Expression."), is_binding=False),
        ],
        "chain": [
            (_("What was done"), _("A letter to the ministry.")),
            (_("The charge"), _("Disturbing public opinion.")),
            (_("The right it touches"), _("Expression.")),
            (_("What we ask"), _("Set the conviction aside.")),
        ],
    }
    return render(request, "workspace/style.html", context)
