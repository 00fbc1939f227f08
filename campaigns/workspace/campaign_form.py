"""The organiser's form for a campaign: facts once, words in two languages side by side."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign
from campaigns.publishing.vocabulary import ENDINGS
from campaigns.publishing.workspace import TEXT_FIELDS, DraftCampaign
from campaigns.workspace.side_by_side import WORKING_LANGUAGES, SideBySideForm
from network.languages import current_language
from network.places import NOWHERE, names_of_places, place_with, places

DEMANDS = [
    ("", _("Choose one")),
    (Campaign.Demand.RELEASE, _("Release")),
    (Campaign.Demand.DROP_CHARGES, _("Drop the charges")),
    (Campaign.Demand.FAIR_TRIAL, _("A fair trial")),
    (Campaign.Demand.MEDICAL_CARE, _("Medical care")),
    (Campaign.Demand.FAMILY_ACCESS, _("Visits by family and lawyer")),
    (Campaign.Demand.END_HARASSMENT, _("An end to harassment")),
    (Campaign.Demand.INVESTIGATE, _("An independent investigation")),
]


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

    def zone(self) -> str:
        place = places().get(self.cleaned_data["place"])
        return place.zone if place else "UTC"

    def titles(self) -> dict[str, str]:
        return {language: self.words_in(language)["target"] for language in WORKING_LANGUAGES}

    def texts(self) -> dict[str, dict[str, str]]:
        every = {language: self.words_in(language) for language in WORKING_LANGUAGES}
        return {language: {field: words[field] for field in TEXT_FIELDS} for language, words in every.items()}

    @staticmethod
    def initial_from(draft: DraftCampaign) -> dict[str, str]:
        initial = {"demand": draft.demand, "place": place_with(draft.zone)}
        for language in WORKING_LANGUAGES:
            initial[f"target_{language}"] = draft.target_titles.get(language, "")
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
