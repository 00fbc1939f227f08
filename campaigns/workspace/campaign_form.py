"""The organiser's form for a campaign: facts once, words in two languages side by side."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign
from campaigns.publishing.vocabulary import ASKED, ENDINGS
from campaigns.publishing.workspace import TEXT_FIELDS, DraftCampaign, cases_on_record
from campaigns.workspace.side_by_side import WORKING_LANGUAGES, SideBySideForm
from network.languages import current_language, digits_of
from network.places import NOWHERE, names_of_places, place_with, places

DEMANDS = [("", _("Choose one")), *ASKED.items()]


class CampaignForm(SideBySideForm):
    """Facts once, words per language."""

    labels: ClassVar[dict[str, Any]] = {
        "target": _("Addressed to"),
        "title": _("Title"),
        "context": _("Who and where, in a few words"),
        "deck": _("What happened and what we ask, in two or three sentences"),
        "ask": _("The demand in one line"),
        "letter": _("The letter people sign"),
    }
    limits: ClassVar[dict[str, int]] = {
        "target": 200,
        "title": 120,
        "context": 120,
        "deck": 1200,
        "ask": 240,
        "letter": 12_000,
    }
    rows: ClassVar[dict[str, int]] = {"deck": 4, "letter": 14}

    demand = forms.ChoiceField(
        label=_("What do we ask for?"), choices=DEMANDS, required=False, widget=forms.Select({"class": "input"})
    )

    place = forms.ChoiceField(
        label=_("Whose clock counts?"),
        help_text=_(
            "For members who did not say where they live: letters that keep to certain hours follow this place’s."
        ),
        choices=lambda: [(NOWHERE, "UTC"), *names_of_places(current_language())],
        required=False,
        widget=forms.Select({"class": "input"}),
    )

    petition = forms.BooleanField(
        label=_("People sign a letter"),
        help_text=_("Without it the campaign asks for other things, which you write once it is kept."),
        required=False,
    )

    def zone(self) -> str:
        place = places().get(self.cleaned_data["place"])
        return place.zone if place else "UTC"

    def titles(self) -> dict[str, str]:
        return {language: self.words_in(language)["target"] for language in self.tongues}

    def texts(self) -> dict[str, dict[str, str]]:
        every = {language: self.words_in(language) for language in self.tongues}
        return {language: {field: words[field] for field in TEXT_FIELDS} for language, words in every.items()}

    @staticmethod
    def initial_from(draft: DraftCampaign) -> dict[str, Any]:
        first = draft.demands[0] if draft.demands else None
        initial: dict[str, Any] = {"demand": first.asks if first else "", "place": place_with(draft.zone)}
        initial["petition"] = draft.has_petition
        for language in {*WORKING_LANGUAGES, *draft.texts, *(first.titles if first else ())}:
            initial[f"target_{language}"] = first.titles.get(language, "") if first else ""
            for field in TEXT_FIELDS:
                initial[f"{field}_{language}"] = draft.texts.get(language, {}).get(field, "")
        return initial


class ClosingForm(forms.Form):
    ending = forms.ChoiceField(
        label=_("How did it end?"),
        choices=list(ENDINGS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how it ended: its page tells everybody.")},
    )

    def __init__(self, *args: Any, on_record: Collection[str], has_letter: bool, **kwargs: Any) -> None:
        """on_record: see publishing.report.endings_on_record."""
        super().__init__(*args, **kwargs)
        if not has_letter:
            ending = self.fields["ending"]
            ending.choices = [one for one in ENDINGS.items() if one[0] != Campaign.Ending.HANDED_OVER]  # type: ignore[attr-defined]
        self.on_record = on_record

    def clean_ending(self) -> str:
        ending: str = self.cleaned_data["ending"]
        if ending in {Campaign.Ending.MET, Campaign.Ending.MET_IN_PART} and ending not in self.on_record:
            raise forms.ValidationError(_("Put on record first what was done, and have a second person look."))
        return ending


class TemplateForm(forms.Form):
    name = forms.CharField(
        label=_("What it is for, in a few words; no name"),
        max_length=80,
        widget=forms.TextInput({"class": "input", "dir": "auto"}),
    )


class IncludeForm(forms.Form):
    """Of the cases on record those that are not in it."""

    def __init__(self, *args: object, draft: DraftCampaign, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        known = {draft.case.id, *(case.id for case in draft.beside)}
        free = [case for case in cases_on_record(at=timezone.now()) if case.id not in known and not case.is_withdrawn]
        self.fields["case"] = forms.ChoiceField(
            label=_("Who else?"),
            choices=[
                ("", _("Choose one")),
                *((str(case.id), f"{case.label} · {digits_of(str(case.id), current_language())}") for case in free),
            ],
            widget=forms.Select({"class": "input"}),
        )
