"""The organiser's forms: a case on record, and a campaign's facts and words in two languages side by side."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign
from campaigns.publishing.workspace import TEXT_FIELDS, DraftCampaign
from campaigns.workspace.side_by_side import WORKING_LANGUAGES, DateField, SideBySideForm, text_widget
from network.countries import names_in

SCOPES = [
    ("name", _("Their name")),
    ("alias", _("An alias instead of the name")),
    ("narrative", _("What happened")),
    ("petition", _("Signatures being asked for")),
    ("charges", _("The charges")),
    ("health", _("Their health")),
    ("family", _("What happens to the family")),
]
GIVEN_BY = [
    ("", _("Choose one")),  # nothing is presumed
    ("self", _("The person themselves")),
    ("family", _("Their family")),
    ("lawyer", _("Their lawyer")),
    ("organisation", _("An organisation they asked to speak for them")),
]
RISKS = [
    ("", _("Choose one")),
    ("low", _("Low")),
    ("medium", _("Medium")),
    ("high", _("High")),
    ("stop", _("Stop: do not publish")),
]
DEMANDS = [
    ("", _("Choose one")),
    (Campaign.Demand.RELEASE, _("Release")),
    (Campaign.Demand.DROP_CHARGES, _("Drop the charges")),
    (Campaign.Demand.FAIR_TRIAL, _("A fair trial")),
    (Campaign.Demand.MEDICAL_CARE, _("Medical care")),
    (Campaign.Demand.FAMILY_ACCESS, _("Visits by family and lawyer")),
    (Campaign.Demand.END_HARASSMENT, _("An end to harassment")),
]


class ConsentForm(forms.Form):
    """Somebody's yes. Nothing is presumed."""

    given_by = forms.ChoiceField(label=_("Who consents?"), choices=GIVEN_BY, widget=forms.Select({"class": "input"}))
    scopes = forms.MultipleChoiceField(
        label=_("To what, exactly?"), choices=SCOPES, widget=forms.CheckboxSelectMultiple, required=False
    )
    consent_until = DateField(label=_("Until when? Ask again before then"))

    def clean_consent_until(self) -> Any:
        return _in_future(self.cleaned_data["consent_until"])


class RiskForm(forms.Form):
    risk = forms.ChoiceField(
        label=_("Could publishing hurt somebody? Your judgement"),
        choices=RISKS,
        widget=forms.Select({"class": "input"}),
    )
    risk_until = DateField(label=_("How long does that judgement hold?"))

    def clean_risk_until(self) -> Any:
        return _in_future(self.cleaned_data["risk_until"])


def _in_future(day: Any) -> Any:
    if day <= timezone.now():
        raise forms.ValidationError(_("This day is past."))
    return day


PRONOUNS = [
    ("", _("None: the name is repeated")),
    ("she", _("she, her, her")),
    ("he", _("he, him, his")),
    ("they", _("they, them, their")),
]


class CaseForm(ConsentForm, RiskForm):
    """A case on record: names, consent, risk. Each question needs its answer; nothing is presumed."""

    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False, widget=text_widget("en"))
    name_fa = forms.CharField(label=_("Name in Persian"), max_length=120, required=False, widget=text_widget("fa"))
    alias_en = forms.CharField(label=_("Alias in English"), max_length=120, required=False, widget=text_widget("en"))
    alias_fa = forms.CharField(label=_("Alias in Persian"), max_length=120, required=False, widget=text_widget("fa"))

    pronouns = forms.ChoiceField(
        label=_("Pronouns in English"), choices=PRONOUNS, required=False, widget=forms.Select({"class": "input"})
    )

    country = forms.ChoiceField(
        label=_("Which State is concerned?"),
        choices=lambda: [("", _("Choose one")), *names_in(get_language() or "en").items()],
        required=False,
        widget=forms.Select({"class": "input"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(data.get(field) for field in ("name_en", "name_fa", "alias_en", "alias_fa")):
            self.add_error("name_en", _("Give a name or an alias in one language at least."))
        return data


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

    def titles(self) -> dict[str, str]:
        return {language: self.words_in(language)["target"] for language in WORKING_LANGUAGES}

    def texts(self) -> dict[str, dict[str, str]]:
        every = {language: self.words_in(language) for language in WORKING_LANGUAGES}
        return {language: {field: words[field] for field in TEXT_FIELDS} for language, words in every.items()}

    @staticmethod
    def initial_from(draft: DraftCampaign) -> dict[str, str]:
        initial = {"demand": draft.demand}
        for language in WORKING_LANGUAGES:
            initial[f"target_{language}"] = draft.target_titles.get(language, "")
            for field in TEXT_FIELDS:
                initial[f"{field}_{language}"] = draft.texts.get(language, {}).get(field, "")
        return initial
