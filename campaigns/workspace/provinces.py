"""/organise/provinces/: the register of provinces, of any State; the largest part of it that may be named."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from campaigns.flows.record import registering
from campaigns.models import Province
from campaigns.refusals import ProvinceKnown
from campaigns.workspace.side_by_side import WORKING_LANGUAGES, text_widget
from network.countries import name_of, names_in
from network.languages import current_language
from network.permissions import MAY_EDIT
from network.personal.request import PersonalRequest
from network.workspace.access import for_roles


class ProvinceForm(forms.Form):
    code = forms.CharField(
        label=_("Its code (ISO 3166-2), such as FR-IDF"),
        max_length=8,
        validators=[
            RegexValidator(r"^[A-Za-z]{2}-[A-Za-z0-9]{1,4}$", _("Two letters of the State, a hyphen, its own."))
        ],
        widget=forms.TextInput({"class": "input ltr", "autocapitalize": "characters"}),
    )
    name_en = forms.CharField(label=_("Name in English"), max_length=80, widget=text_widget("en"))
    name_fa = forms.CharField(label=_("Name in Persian"), max_length=80, required=False, widget=text_widget("fa"))

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].upper()
        if code.partition("-")[0] not in names_in("en"):
            raise forms.ValidationError(_("There is no State with this code."))
        return code

    def names(self) -> dict[str, str]:
        return {language: self.cleaned_data[f"name_{language}"] for language in WORKING_LANGUAGES}


@for_roles(MAY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def provinces(request: PersonalRequest) -> HttpResponse:
    form = ProvinceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            registering.register_province(form.cleaned_data["code"], form.names(), by=request.user, at=timezone.now())
            return HttpResponseRedirect(reverse("provinces"))
        except ProvinceKnown as known:
            form.add_error("code", str(known.reason))
    language = current_language()
    rows: dict[str, list[Any]] = {}
    for row in Province.objects.order_by("country", "code"):
        rows.setdefault(name_of(row.country, language), []).append((row.code, row.name_in(language)))
    context = {"form": form, "states": sorted(rows.items())}
    return render(request, "workspace/provinces.html", context, status=400 if form.errors else 200)
