"""The organiser's form for an alert: plan once, words per language side by side."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.workspace.days import UntilField
from campaigns.workspace.side_by_side import SideBySideForm, languages_as_read
from network.countries import names_in
from network.languages import NAMES_OF_LANGUAGES, current_language
from network.models import Person
from network.numbers import CountField
from network.templatetags.localization import hour as written
from notifications.flows import writing
from notifications.flows.opening import ALERT_SLOTS
from notifications.models import Alert
from notifications.models.hours import MIDNIGHT

SEVERITIES = [
    (Alert.Severity.INFO, _("News")),
    (Alert.Severity.ACTION, _("Something is asked")),
    (Alert.Severity.URGENT, _("Urgent")),
    (Alert.Severity.STAND_DOWN, _("Stand down: please stop")),
]
TRIGGERS = [
    ("", _("Once, when it is let go")),
    (Alert.Trigger.JOINED, _("To each who joins the campaign from then on")),
    (Alert.Trigger.ACTED, _("To each who takes part from then on")),
]
MOST_DAYS_AFTER = 90
AUDIENCES = {
    Alert.Audience.JOINED: _("People who joined the campaign"),
    Alert.Audience.ACTED: _("People who took part in one of its actions"),
    Alert.Audience.NOT_ACTED: _("People who joined and have not taken part yet"),
    Alert.Audience.SUPPORTERS: _("Every supporter who wants alerts"),
    Alert.Audience.GOT: _("Exactly those who got the alert that this one follows"),
}
OPTIONAL = {"kicker", "preheader"}


class HourField(forms.TypedChoiceField):
    """An hour of a reader's own day, in the figures of the page; None: any."""

    def __init__(self, *, hours: range, **kwargs: Any) -> None:
        def choices() -> list[tuple[str, Any]]:
            return [("", _("any hour")), *((str(hour), written(hour)) for hour in hours)]

        widget = forms.Select({"class": "input"})
        super().__init__(choices=choices, coerce=int, empty_value=None, required=False, widget=widget, **kwargs)


class AlertForm(SideBySideForm):
    """The plan once, words per language; a language is written whole or not at all."""

    labels: ClassVar[dict[str, Any]] = {
        "subject": _("Subject"),
        "kicker": _("What kind of letter, and until when"),
        "preheader": _("The line an inbox shows beside the subject"),
        "body": _("The letter"),
        "body_text": _("The same letter as plain text, written, not converted"),
        "button": _("The button"),
    }
    limits: ClassVar[dict[str, int]] = {
        "subject": 150,
        "kicker": 120,
        "preheader": 150,
        "body": 6000,
        "body_text": 6000,
        "button": 60,
    }
    rows: ClassVar[dict[str, int]] = {"body": 10, "body_text": 10}
    allowed_slots = ALERT_SLOTS

    severity = forms.ChoiceField(
        label=_("How urgent is it?"), choices=SEVERITIES, widget=forms.Select({"class": "input"})
    )
    trigger = forms.ChoiceField(
        label=_("When does it go?"), choices=TRIGGERS, required=False, widget=forms.Select({"class": "input"})
    )
    after_days = CountField(
        label=_("How many days afterwards?"),
        help_text=_("Only for what goes to each; 0 is at once."),
        min_value=0,
        max_value=MOST_DAYS_AFTER,
        required=False,
    )
    audience = forms.ChoiceField(
        label=_("Whom is it for?"), choices=list(AUDIENCES.items()), widget=forms.Select({"class": "input"})
    )
    languages = forms.MultipleChoiceField(
        label=_("Only people who read one of these; none ticked: everybody"),
        choices=NAMES_OF_LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    fallback_language = forms.ChoiceField(
        label=_("Who reads another language gets it in"),
        choices=NAMES_OF_LANGUAGES,
        required=False,
        widget=forms.Select({"class": "input"}),
    )
    countries = forms.MultipleChoiceField(
        label=_("Only people who live in one of these; none ticked: wherever they live"),
        help_text=_("Only countries that enough people told us; who did not say where they live gets nothing then."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    from_hour = HourField(label=_("Not before, by their own clock"), hours=range(24))
    to_hour = HourField(label=_("Not after"), hours=range(1, MIDNIGHT + 1))
    over_cap = forms.CharField(
        label=_("Also to people who had enough letters lately? Then say why; it is approved with the plan"),
        max_length=300,
        required=False,
        widget=forms.TextInput({"class": "input", "dir": "auto"}),
    )
    expires_at = UntilField(
        label=_("Last day to send"), help_text=_("Afterwards it is dropped, never late."), required=False
    )

    def __init__(self, *args: Any, follows: Alert | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named, fewest = self.initial.get("countries") or [], settings.SMALLEST_GROUP
        codes = {*Person.objects.active().countries(fewest=fewest), *named}
        names = names_in(current_language())
        listed = sorted(((code, names.get(code, code)) for code in codes), key=lambda one: one[1])
        self.fields["countries"].choices = listed  # type: ignore[attr-defined]
        if follows is None:
            choices = [(code, label) for code, label in AUDIENCES.items() if code != Alert.Audience.GOT]
            self.fields["audience"].choices = choices  # type: ignore[attr-defined]

    def plan(self) -> writing.Plan:
        data = self.cleaned_data
        return writing.Plan(**{one.name: data[one.name] for one in fields(writing.Plan)})

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("expires_at") and data["expires_at"] <= timezone.now():
            self.add_error("expires_at", _("This day is past."))
        data["after_days"] = data.get("after_days") or 0
        data["fallback_language"] = data.get("fallback_language") or self.initial.get("fallback_language", "en")
        if data["after_days"] and not data.get("trigger"):
            self.add_error("after_days", _("Only what goes to each can go some days afterwards."))
        if data.get("trigger") and data.get("severity") == Alert.Severity.STAND_DOWN:
            self.add_error("trigger", _("A word to stop goes to everybody, once."))
        elif data.get("trigger") and data.get("audience") == Alert.Audience.GOT:
            self.add_error("trigger", _("What follows an alert goes once, to those who got it."))
        begins, ends = data.get("from_hour"), data.get("to_hour")
        if (begins is None) != (ends is None):
            self.add_error("to_hour" if ends is None else "from_hour", _("Say both hours, or neither."))
        elif begins is not None and begins >= ends:
            self.add_error("to_hour", _("This must be later than the first hour, on the same day."))
        elif begins is not None and data.get("severity") in Alert.PRESSING:
            self.add_error("from_hour", _("What is urgent leaves at once, at any hour."))
        for language in self.tongues:
            # What has a fault of its own is there, and is told of that: it is not in the cleaned data.
            words = {word: data.get(f"{word}_{language}", True) for word in self.labels}
            for word in self.labels:
                if any(words.values()) and not words[word] and word not in OPTIONAL:
                    self.add_error(f"{word}_{language}", _("This is still missing in this language."))
        if not any(data.get(f"subject_{language}", True) for language in self.tongues):
            self.add_error(f"subject_{languages_as_read()[0]}", _("Write it in one language at least."))
        return data

    def variants(self) -> dict[str, dict[str, str]]:
        return {language: self.words_in(language) for language in self.tongues}

    @staticmethod
    def initial_from(alert: Alert) -> dict[str, Any]:
        initial: dict[str, Any] = {
            "severity": alert.severity,
            "audience": alert.audience,
            "languages": alert.languages,
            "fallback_language": alert.fallback_language,
            "countries": alert.countries,
            "from_hour": alert.from_hour,
            "to_hour": alert.to_hour,
            "over_cap": alert.over_cap,
            "trigger": alert.trigger,
            "after_days": alert.after_days,
        }
        if alert.expires_at is not None:
            initial["expires_at"] = (alert.expires_at - timedelta(seconds=1)).date()  # the last day, as it is asked for
        for variant in alert.variants.all():
            for field in AlertForm.labels:
                initial[f"{field}_{variant.language}"] = getattr(variant, field)
        return initial
