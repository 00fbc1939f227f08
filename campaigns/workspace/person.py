"""/organise/cases/N/person/: names in every script, what they work for, what must never be told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from campaigns.flows.record import describing
from campaigns.models import Province
from campaigns.publishing.record import PersonOnRecord, person_on_record
from campaigns.publishing.vocabulary import CATEGORIES, GUARDED, NAME_KINDS, RIGHTS, SECTORS, Guarded, Name
from campaigns.workspace.days import day_from
from campaigns.workspace.side_by_side import WORKING_LANGUAGES, languages_as_read, text_widget
from network.languages import current_language, languages_of_names, own_name_of
from network.numbers import CountField
from network.open.errors import missing
from network.permissions import MAY_EDIT
from network.personal.request import PersonalRequest
from network.workspace.access import for_roles

BLANK_NAMES = 3
PRONOUN_LANGUAGES = ("en", "fr", "de", "es", "ar")  # Persian and Sorani have none that tells


class NameForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=list(NAME_KINDS.items()), widget=forms.Select({"class": "input"}))
    language = forms.ChoiceField(
        label=_("Language"),
        choices=lambda: languages_of_names(current_language()),
        widget=forms.Select({"class": "input"}),
    )
    text = forms.CharField(
        label=_("Name"), max_length=120, required=False, widget=forms.TextInput({"class": "input", "dir": "auto"})
    )
    short = forms.CharField(
        label=_("Short, for a second mention"),
        max_length=60,
        required=False,
        widget=forms.TextInput({"class": "input", "dir": "auto"}),
    )
    is_display = forms.BooleanField(label=_("Shown in this language"), required=False)


class NamesForm(forms.BaseFormSet):
    def clean(self) -> None:
        shown = set()
        for form in self.forms:
            data = getattr(form, "cleaned_data", {})
            if not data.get("text") or not data.get("is_display"):
                continue
            key = (data["language"], data["kind"] == Name.ALIAS)
            if key in shown:
                form.add_error("is_display", _("Another name is shown in this language already."))
            shown.add(key)
        if not any(getattr(form, "cleaned_data", {}).get("text") for form in self.forms):
            raise forms.ValidationError(_("Give a name or an alias in one language at least."))


Names = forms.formset_factory(NameForm, formset=NamesForm, extra=BLANK_NAMES, max_num=24)


def _provinces() -> list[tuple[str, str]]:
    language = current_language()
    rows = Province.objects.order_by("country", "code")
    return [("", _("Not said")), *((row.code, f"{row.name_in(language)} ({row.country})") for row in rows)]  # type: ignore[list-item]


class PersonForm(forms.Form):
    """What else is on record. Every line of what must never be told is a guard on every text about this person."""

    sectors = forms.MultipleChoiceField(
        label=_("What do they work for?"),
        choices=list(SECTORS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    rights = forms.MultipleChoiceField(
        label=_("Which rights are at stake?"),
        choices=list(RIGHTS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    province = forms.ChoiceField(
        label=_("Province"), choices=_provinces, required=False, widget=forms.Select({"class": "input"})
    )
    age_at_event = CountField(
        label=_("Age when it happened, in years"),
        help_text=_(
            "Under 18, only an alias and what happened are told unless whoever answers for the child said more."
        ),
        min_value=0,
        max_value=120,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in PRONOUN_LANGUAGES:
            self.fields[f"pronouns_{language}"] = forms.CharField(
                label=own_name_of(language),
                max_length=60,
                required=False,
                widget=text_widget(language),
            )
        for category, label in CATEGORIES.items():
            for language in languages_as_read():
                self.fields[f"special_{category}_{language}"] = forms.CharField(
                    label=f"{label} · {own_name_of(language)}",
                    max_length=200,
                    required=False,
                    widget=text_widget(language),
                )
        for kind, label in GUARDED.items():
            self.fields[f"guarded_{kind}"] = forms.CharField(
                label=label,
                max_length=4000,
                required=False,
                widget=forms.Textarea({"class": "input", "rows": 3, "dir": "auto"}),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for language in PRONOUN_LANGUAGES:
            words = _three(data.get(f"pronouns_{language}", ""))
            if words and len(words) != 3:
                self.add_error(f"pronouns_{language}", _("Three words with commas between, such as: she, her, her"))
        for line in data.get(f"guarded_{Guarded.DATE}", "").splitlines():
            if line.strip() and day_from(line) is None:
                self.add_error(f"guarded_{Guarded.DATE}", _("Write days as 2001-12-31 or 1380-10-10, one a line."))
                break
        return data

    def pronoun_fields(self) -> list[Any]:
        return [self[f"pronouns_{language}"] for language in PRONOUN_LANGUAGES]

    def special_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("special_")]

    def guarded_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("guarded_")]

    def description(self, names: list[describing.Name]) -> describing.Description:
        data = self.cleaned_data
        pronouns = {
            language: dict(zip(("they", "them", "their"), _three(data[f"pronouns_{language}"]), strict=True))
            for language in PRONOUN_LANGUAGES
            if _three(data[f"pronouns_{language}"])
        }
        special = {
            (category, language): data[f"special_{category}_{language}"]
            for category in CATEGORIES
            for language in WORKING_LANGUAGES
            if data[f"special_{category}_{language}"]
        }
        guarded = [
            (str(kind), _kept(kind, line.strip()))
            for kind in GUARDED
            for line in data[f"guarded_{kind}"].splitlines()
            if line.strip()
        ]
        return describing.Description(
            names=names,
            pronouns=pronouns,
            sectors=data["sectors"],
            rights=data["rights"],
            province=data["province"],
            age_at_event=data["age_at_event"],
            special=special,
            guarded=guarded,
        )


def _kept(kind: str, line: str) -> str:
    """A guarded line as it is kept: a day in either calendar as the Gregorian one."""
    day = day_from(line) if kind == Guarded.DATE else None
    return day.isoformat() if day else line


def _three(words: str) -> list[str]:
    return [word.strip() for word in words.replace("،", ",").split(",") if word.strip()]


def _initial(person: PersonOnRecord) -> dict[str, Any]:
    initial: dict[str, Any] = {
        "sectors": list(person.sectors),
        "rights": list(person.rights),
        "province": person.province,
        "age_at_event": person.age_at_event,
    }
    for language, words in person.pronouns.items():
        initial[f"pronouns_{language}"] = ", ".join(words.get(slot, "") for slot in ("they", "them", "their"))
    for (category, language), said in person.special.items():
        initial[f"special_{category}_{language}"] = said
    for kind in GUARDED:
        initial[f"guarded_{kind}"] = "\n".join(words for of_kind, words in person.guarded if of_kind == kind)
    return initial


@for_roles(MAY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: PersonalRequest, case_id: int) -> HttpResponse:
    known = person_on_record(case_id)
    if known is None:
        return missing(request)
    posted = request.POST if request.method == "POST" else None
    names = Names(posted, initial=[vars(name) for name in known.names], prefix="names")
    form = PersonForm(posted, initial=_initial(known))
    if posted is not None and names.is_valid() and form.is_valid():
        described = [describing.Name(**data) for data in names.cleaned_data if data.get("text")]
        describing.describe(case_id, form.description(described), by=request.user, at=timezone.now())
        return HttpResponseRedirect(reverse("case_gate", args=[case_id]))
    wrong = posted is not None
    context = {"case_id": case_id, "names": names, "form": form, "wrong": wrong}
    return render(request, "workspace/case_person.html", context, status=400 if wrong else 200)
