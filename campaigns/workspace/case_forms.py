"""The organiser's forms about a case: somebody's yes, a judgement of risk, and a case on record with both."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.publishing.vocabulary import (
    ANSWERS,
    AUDIENCES,
    CAPACITIES,
    CHANNELS,
    EXPLAINED,
    RISK_QUESTIONS,
    SCOPES,
    Answer,
    Consent,
    Question,
)
from campaigns.workspace.days import UntilField
from campaigns.workspace.side_by_side import text_widget
from network.countries import names_in
from network.languages import current_language, languages_of_names

IN_CUSTODY_DAYS = 31  # the longest a consent given in custody is taken for
Scope = Consent.Scope
# In groups, so that twenty boxes can be read.
SCOPE_GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (
        _("Who they are"),
        (
            Scope.NAME,
            Scope.ALIAS,
            Scope.PHOTO,
            Scope.AGE,
            Scope.PROVINCE,
            Scope.ETHNICITY,
            Scope.RELIGION,
            Scope.ORIENTATION,
        ),
    ),
    (
        _("What is told"),
        (Scope.NARRATIVE, Scope.CHARGES, Scope.HEALTH, Scope.FAMILY, Scope.QUOTE, Scope.TRANSLATION),
    ),
    (_("What is done with it"), (Scope.PETITION, Scope.MEDIA, Scope.UN_LETTER, Scope.UN_REPORT)),
    (_("Of the dead, and of children"), (Scope.MEMORIAL, Scope.CHILD)),
)
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


class ConsentForm(forms.Form):
    """Somebody's yes. Nothing is presumed."""

    given_by = forms.ChoiceField(label=_("Who consents?"), choices=GIVEN_BY, widget=forms.Select({"class": "input"}))
    capacity = forms.ChoiceField(
        label=_("How is the person?"),
        choices=[("", _("Choose one")), *CAPACITIES.items()],
        widget=forms.Select({"class": "input"}),
    )
    authority = forms.CharField(
        label=_("Why may they speak? Sealed"),
        help_text=_("Only if somebody else says yes for the person."),
        max_length=1000,
        required=False,
        widget=forms.TextInput({"class": "input", "dir": "auto"}),
    )
    channel = forms.ChoiceField(
        label=_("How was it given?"),
        choices=[("", _("Choose one")), *CHANNELS.items()],
        widget=forms.Select({"class": "input"}),
    )
    explained_in = forms.ChoiceField(
        label=_("In which language was it explained?"),
        choices=lambda: [("", _("Choose one")), *languages_of_names(current_language())],
        widget=forms.Select({"class": "input"}),
    )
    explained = forms.MultipleChoiceField(
        label=_("What was made clear to them before they said yes? All four"),
        choices=list(EXPLAINED.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    audience = forms.ChoiceField(
        label=_("Who may read it?"),
        choices=[("", _("Choose one")), *AUDIENCES.items()],
        widget=forms.Select({"class": "input"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("To what, exactly?"), choices=list(SCOPES.items()), widget=forms.CheckboxSelectMultiple, required=False
    )
    ask_again = forms.MultipleChoiceField(
        label=_("What do they want to be asked about each time?"),
        choices=list(SCOPES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    conditions = forms.CharField(
        label=_("Conditions they set. Sealed"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"class": "input", "rows": 3, "dir": "auto"}),
    )
    evidence = forms.CharField(
        label=_("Where does the record of it lie? Sealed"),
        help_text=_("Never the record itself; empty if there is none."),
        max_length=500,
        required=False,
        widget=forms.TextInput({"class": "input", "dir": "auto"}),
    )
    consent_until = UntilField(
        label=_("Until when? Ask again before then"), help_text=_("Given in custody, a month at most.")
    )

    def scope_groups(self) -> list[tuple[Any, list[Any]]]:
        """[(heading, its boxes)], every scope once."""
        boxes = {str(box.data["value"]): box for box in self["scopes"]}
        return [(label, [boxes[scope] for scope in scopes]) for label, scopes in SCOPE_GROUPS]

    def clean_consent_until(self) -> Any:
        return _in_future(self.cleaned_data["consent_until"], days=settings.CONSENT_MAX_DAYS)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if set(data.get("explained", ())) != set(Consent.Explained.values):
            self.add_error("explained", _("Until all four were made clear, a yes is not yet a consent."))
        scopes = set(data.get("scopes", ()))
        if not scopes:
            self.add_error("scopes", _("Tick what they said yes to; to nothing is no consent."))
        if {Consent.Scope.NAME, Consent.Scope.ALIAS} <= scopes:
            self.add_error("scopes", _("The name or an alias instead of it: not both."))
        if data.get("given_by") not in {None, "", Consent.GivenBy.SELF} and not data.get("authority"):
            self.add_error("authority", _("Say why they may speak for the person; it lies sealed."))
        if data.get("given_by") == Consent.GivenBy.SELF and data.get("capacity") == Consent.Capacity.MINOR:
            self.add_error("given_by", _("For a child somebody who answers for it must say so."))
        if data.get("given_by") == Consent.GivenBy.SELF:
            if data.get("capacity") == Consent.Capacity.DECEASED:
                self.add_error("given_by", _("They have died: somebody of the family must say so."))
            if Consent.Scope.CHILD in data.get("scopes", ()):
                self.add_error("scopes", _("For a child somebody who answers for it must say so."))
        both = set(data.get("scopes", ())) & set(data.get("ask_again", ()))
        if both:
            self.add_error("ask_again", _("Something is ticked both as a yes and to be asked each time."))
        until = data.get("consent_until")
        latest = timezone.now() + timedelta(days=IN_CUSTODY_DAYS)
        if data.get("capacity") == Consent.Capacity.IN_CUSTODY and until and until > latest:
            self.add_error("consent_until", _("In custody a yes holds a month at most; then ask again."))
        return data


class RiskForm(forms.Form):
    """A judgement of risk: every question answered, and the judgement not lighter than the answers."""

    risk = forms.ChoiceField(
        label=_("Could publishing hurt somebody? Your judgement"),
        choices=RISKS,
        widget=forms.Select({"class": "input"}),
    )
    risk_mitigation = forms.CharField(
        label=_("What is done against it? Sealed"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"class": "input", "rows": 2, "dir": "auto"}),
    )
    risk_until = UntilField(label=_("How long does that judgement hold?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question, label in RISK_QUESTIONS.items():
            self.fields[f"risk_{question}"] = forms.ChoiceField(
                label=label,
                choices=[("", _("Choose one")), *ANSWERS.items()],
                widget=forms.Select({"class": "input"}),
            )

    def question_fields(self) -> list[Any]:
        return [self[f"risk_{question}"] for question in RISK_QUESTIONS]

    def answers(self) -> dict[str, str]:
        return {str(question): self.cleaned_data[f"risk_{question}"] for question in RISK_QUESTIONS}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        risk = data.get("risk")
        if data.get(f"risk_{Question.QUIET}") == Answer.YES and risk not in {None, "", "stop"}:
            self.add_error("risk", _("They asked for quiet: the judgement is “stop”."))
        doubtful = [data.get(f"risk_{question}") for question in RISK_QUESTIONS]
        if risk == "low" and {Answer.YES, Answer.NOT_KNOWN} & set(doubtful):
            self.add_error("risk", _("With such answers the risk is not low."))
        return data

    def clean_risk_until(self) -> Any:
        return _in_future(self.cleaned_data["risk_until"], days=settings.RISK_MAX_DAYS)


def _in_future(day: Any, *, days: int) -> Any:
    now = timezone.now()
    if day <= now:
        raise forms.ValidationError(_("This day is past."))
    if day > now + timedelta(days=days):
        raise forms.ValidationError(_("At most %(days)s days from now; then it is asked anew.") % {"days": days})
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
        choices=lambda: [("", _("Choose one")), *names_in(current_language()).items()],
        required=False,
        widget=forms.Select({"class": "input"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not any(data.get(field) for field in ("name_en", "name_fa", "alias_en", "alias_fa")):
            self.add_error("name_en", _("Give a name or an alias in one language at least."))
        return data
