"""The family's door, and the one for everybody: withdraw by a code; ask to correct or remove."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from campaigns.flows.gate import correcting, silencing
from campaigns.models import CorrectionRequest
from campaigns.open import cases
from campaigns.publishing import campaign as published
from campaigns.publishing.audiences import Audience
from campaigns.refusals import AskedTooOften, CodeUnknown
from network.languages import current_language
from network.open.errors import gone, missing, refusal
from network.open.fields import AddressField
from network.open.guard import guarded

Wish = CorrectionRequest.Wish
WISHES = [(Wish.REMOVE, _("Remove it")), (Wish.CORRECT, _("Correct something"))]  # what is asked in fear comes first


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code on your paper"),
        help_text=_("Capital or small letters, with or without dashes: all the same."),
        max_length=60,
        widget=forms.TextInput(
            {"class": "input ltr", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


OF_CAMPAIGNS = [*WISHES, (Wish.REPORT, _("It breaks your principles: look at it"))]


class CorrectionForm(forms.Form):
    wish = forms.ChoiceField(label=_("What do you ask?"), choices=WISHES, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What is wrong, or why should it go? Write nothing that could endanger you."),
        max_length=4000,
        widget=forms.Textarea({"class": "input", "rows": 6, "dir": "auto"}),
    )
    email = AddressField(label=_("E-mail, only if you want an answer"), required=False)


class CampaignCorrectionForm(CorrectionForm):
    wish = forms.ChoiceField(label=_("What do you ask?"), choices=OF_CAMPAIGNS, widget=forms.RadioSelect)


@guarded
@require_http_methods(["GET", "HEAD", "POST"])
def silence(request: HttpRequest) -> HttpResponse:
    """A code, a button, and it is silent. No account, no question, no name on either page."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            silencing.withdraw_by_code(form.cleaned_data["code"], at=timezone.now())
            return render(request, "open/silenced.html", {"seconds": settings.PAGE_CACHE_SECONDS})
        except CodeUnknown as unknown:
            form.add_error("code", str(unknown.reason))
    return render(request, "open/silence.html", {"form": form}, status=400 if form.errors else 200)


@guarded
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, slug: str) -> HttpResponse:
    """On a campaign's page."""
    now = timezone.now()
    campaign = published.find(slug, audience=Audience.PUBLIC, language=get_language(), at=now)
    if campaign is None:
        return gone(request) if published.was_launched_at(slug) else missing(request)
    back = reverse("campaign", args=[slug])
    return _ask(request, campaign.case_id, (campaign.title, campaign.language), back, campaign_id=campaign.id, at=now)


@guarded
@require_http_methods(["GET", "HEAD", "POST"])
def correct_case(request: HttpRequest, slug: str) -> HttpResponse:
    """On a case's own page."""
    now = timezone.now()
    form = cases.find(slug, at=now)
    if form is None:
        return cases.case(request, slug) if request.method != "POST" else missing(request)
    name = form.defender.name_in(current_language())
    return _ask(
        request, form.id, (name.text, name.language), reverse("case_page", args=[slug]), campaign_id=None, at=now
    )


def _ask(
    request: HttpRequest, case_id: int, about: tuple[str, str], back: str, *, campaign_id: int | None, at: datetime
) -> HttpResponse:
    """about: what the page is called, and in which language."""
    asked = CorrectionForm if campaign_id is None else CampaignCorrectionForm
    form = asked(request.POST if request.method == "POST" else None, initial={"wish": request.GET.get("wish", "")})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            row = correcting.ask(
                case_id,
                campaign_id=campaign_id,
                wish=data["wish"],
                words=data["words"],
                address=data["email"],
                language=current_language(),
                at=at,
            )
        except AskedTooOften as refused:
            return refusal(request, refused)
        return render(request, "open/correction_asked.html", {"back": back, "due": row.due_at})
    context = {
        "form": form,
        "title": about[0],
        "spoken": about[1],
        "due": at + timedelta(hours=settings.CORRECTION_HOURS),
    }
    return render(request, "open/correct.html", context, status=400 if form.errors else 200)
