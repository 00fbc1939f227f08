"""How we may write to somebody: language, how much, at which hours, and whether an inbox may show what about."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from network.flows import preferring
from network.languages import current_language
from network.models import Person
from network.open.fields import LanguageField, PaceField
from network.personal.request import PersonalRequest
from network.places import NOWHERE, names_of_places, place_of, places


class PreferencesForm(forms.Form):
    language = LanguageField()
    pace = PaceField()
    neutral_mail = forms.BooleanField(
        label=_("With a neutral subject"),
        help_text=_(
            "Nothing about rights, names or who writes shows in your inbox, and the letter only leads to this page."
        ),
        required=False,
    )

    place = forms.ChoiceField(
        label=_("Where do you live?"),
        help_text=_(
            "Only if you like: what is not urgent then comes by day, and you are asked when your own government can act."
        ),
        choices=lambda: [(NOWHERE, gettext("I would rather not say")), *names_of_places(current_language())],
        widget=forms.Select({"class": "input"}),
        required=False,
    )

    @staticmethod
    def of(person: Person) -> PreferencesForm:
        now = {"language": person.language, "pace": person.pace, "neutral_mail": person.neutral_mail}
        return PreferencesForm(initial={**now, "place": place_of(person.country, person.zone)})

    def wishes(self) -> preferring.Wishes:
        data = self.cleaned_data
        place = places().get(data["place"])
        return preferring.Wishes(
            language=data["language"],
            pace=data["pace"],
            neutral_mail=data["neutral_mail"],
            country=place.country if place else "",
            zone=place.zone if place else "",
        )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: PersonalRequest) -> HttpResponse:
    form = PreferencesForm(request.POST) if request.method == "POST" else PreferencesForm.of(request.user)
    if request.method == "POST" and form.is_valid():
        preferring.prefer(request.user.pk, form.wishes(), at=timezone.now())
        return HttpResponseRedirect(translate_url(reverse("me"), form.cleaned_data["language"]))
    return render(request, "personal/preferences.html", {"form": form}, status=400 if form.errors else 200)
