"""/organise/demands/N/: one office that a campaign asks for something; and that it has done it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.flows.campaign import demanding
from campaigns.kinds.offices import seats_to_choose
from campaigns.models import Campaign
from campaigns.publishing import workspace
from campaigns.publishing.vocabulary import ASKED
from campaigns.publishing.workspace import DraftDemand
from campaigns.refusals import WordsAreLocked
from campaigns.workspace.pressing import pressed
from campaigns.workspace.side_by_side import SideBySideForm, languages_as_read
from network.languages import NAMES_OF_LANGUAGES
from network.open.errors import missing, refusal
from network.permissions import MAY_APPROVE, MAY_EDIT
from network.personal.request import PersonalRequest
from network.refusals import Refused
from network.workspace.access import deciding, for_roles


class DemandForm(SideBySideForm):
    labels: ClassVar[dict[str, Any]] = {"title": _("Addressed to"), "salutation": _("How a letter begins there")}
    limits: ClassVar[dict[str, int]] = {"title": 200, "salutation": 160}
    allowed_slots: ClassVar[frozenset[str]] = frozenset()

    asks = forms.ChoiceField(
        label=_("What do we ask for?"),
        choices=[("", _("Choose one")), *ASKED.items()],
        widget=forms.Select({"class": "input"}),
        error_messages={"required": _("Choose what we ask for.")},
    )
    country = forms.ChoiceField(
        label=_("Where does the office sit?"),
        choices=seats_to_choose,
        required=False,
        widget=forms.Select({"class": "input"}),
    )
    languages = forms.MultipleChoiceField(
        label=_("In which languages does it take letters?"),
        help_text=_("Leave all empty if you do not know."),
        choices=NAMES_OF_LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not any(data.get(f"title_{language}") for language in self.tongues):
            self.add_error(f"title_{languages_as_read()[0]}", _("Say to whom it is addressed."))
        return data

    def wanted(self) -> demanding.Wanted:
        given = {language: self.words_in(language) for language in self.tongues}
        return demanding.Wanted(
            asks=self.cleaned_data["asks"],
            titles={language: words["title"] for language, words in given.items()},
            salutations={language: words["salutation"] for language, words in given.items()},
            country=self.cleaned_data["country"],
            languages=tuple(self.cleaned_data["languages"]),
        )

    @staticmethod
    def initial_from(found: DraftDemand) -> dict[str, Any]:
        initial: dict[str, Any] = {"asks": found.asks, "country": found.country, "languages": list(found.languages)}
        initial |= {f"title_{language}": title for language, title in found.titles.items()}
        return initial | {f"salutation_{language}": words for language, words in found.salutations.items()}


@for_roles(MAY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def new_demand(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    return _page(request, campaign_id, None)


@for_roles(MAY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def demand(request: PersonalRequest, demand_id: int) -> HttpResponse:
    found = workspace.demand_on_record(demand_id)
    return missing(request) if found is None else _page(request, found.campaign_id, found)


def _page(request: PersonalRequest, campaign_id: int, found: DraftDemand | None) -> HttpResponse:
    now = timezone.now()
    draft = workspace.draft_of(campaign_id, at=now, reader=request.user)
    if draft is None:
        return missing(request)
    if draft.state not in Campaign.WRITTEN:
        return refusal(request, WordsAreLocked())  # before anybody types
    initial = DemandForm.initial_from(found) if found else {}
    form = DemandForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            if found is None:
                demanding.add(campaign_id, form.wanted(), by=request.user, at=now)
            else:
                demanding.write(found.id, form.wanted(), by=request.user, at=now)
        except Refused as refused:
            return refusal(request, refused)
        return HttpResponseRedirect(reverse("draft", args=[campaign_id]))
    context = {"form": form, "draft": draft, "demand": found}
    return render(request, "workspace/demand_edit.html", context, status=400 if form.errors else 200)


@for_roles(MAY_EDIT)
@require_POST
def remove(request: PersonalRequest, demand_id: int) -> HttpResponse:
    return _said(request, demand_id, demanding.remove)


@for_roles(MAY_EDIT)
@require_POST
def meet(request: PersonalRequest, demand_id: int) -> HttpResponse:
    """The office did it: it gets no more letters, as one person is enough to ask for less."""
    return _said(request, demand_id, demanding.meet)


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def see_met(request: PersonalRequest, demand_id: int) -> HttpResponse:
    return _said(request, demand_id, demanding.see_met)


@for_roles(MAY_EDIT)
@require_POST
def take_back(request: PersonalRequest, demand_id: int) -> HttpResponse:
    return _said(request, demand_id, demanding.take_back)


def _said(request: PersonalRequest, demand_id: int, flow: Callable[..., Any]) -> HttpResponse:
    found = workspace.demand_on_record(demand_id)
    return pressed(request, demand_id, flow, f"{reverse('draft', args=[found.campaign_id])}#demands" if found else "")
