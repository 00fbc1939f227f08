"""How we may write to somebody: language, how much, and whether an inbox may show what about."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from network.flows import preferring
from network.models import Person
from network.personal.request import PersonalRequest

PACES = [
    (Person.Pace.ASKED, _("When something is asked of me, or has happened")),
    (Person.Pace.URGENT, _("Only when it is urgent")),
]


class PreferencesForm(forms.Form):
    language = forms.ChoiceField(
        label=_("In which language?"), choices=settings.LANGUAGES, widget=forms.Select({"class": "input"})
    )
    pace = forms.ChoiceField(label=_("When?"), choices=PACES, widget=forms.RadioSelect)
    neutral_mail = forms.BooleanField(
        label=_("With a neutral subject"),
        help_text=_(
            "Nothing about rights, names or who writes shows in your inbox, and the letter only leads to this page."
        ),
        required=False,
    )

    @staticmethod
    def of(person: Person) -> PreferencesForm:
        now = {"language": person.language, "pace": person.pace, "neutral_mail": person.neutral_mail}
        return PreferencesForm(initial=now)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: PersonalRequest) -> HttpResponse:
    form = PreferencesForm(request.POST) if request.method == "POST" else PreferencesForm.of(request.user)
    if request.method == "POST" and form.is_valid():
        preferring.prefer(request.user.pk, **form.cleaned_data, at=timezone.now())
        return HttpResponseRedirect(translate_url(reverse("me"), form.cleaned_data["language"]))
    return render(request, "personal/preferences.html", {"form": form}, status=400 if form.errors else 200)
