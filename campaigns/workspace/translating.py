"""/organise/…/languages/: what is out already, written in one language more beside a language that readers have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from campaigns.flows.campaign import translating
from campaigns.models import Action, Campaign
from campaigns.publishing.action_draft import draft_of as action_draft_of
from campaigns.publishing.workspace import TEXT_FIELDS, draft_of
from campaigns.workspace.action_form import words_form_of
from campaigns.workspace.campaign_form import CampaignForm
from campaigns.workspace.missing import in_words
from campaigns.workspace.side_by_side import SideBySideForm
from network.languages import LANGUAGES, current_language, direction_of, distance, own_name_of
from network.open.errors import missing, refusal
from network.permissions import MAY_EDIT
from network.personal.request import PersonalRequest
from network.refusals import Refused
from network.workspace.access import for_roles


class LanguageForm(SideBySideForm):
    """The words of what is out, in one language."""

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        self.language = language
        super().__init__(*args, **kwargs)

    def asked_languages(self) -> list[str]:
        return [self.language]


@cache
def language_form_of(like: type[SideBySideForm], words: tuple[str, ...]) -> type[LanguageForm]:
    """As another form asks for some of its words."""
    members: dict[str, Any] = {
        "labels": {word: like.labels[word] for word in words},
        "limits": {word: like.limits[word] for word in words},
        "rows": {word: like.rows[word] for word in words if word in like.rows},
        "allowed_slots": like.allowed_slots,
    }
    return type("OneLanguageForm", (LanguageForm,), members)


@dataclass(frozen=True)
class Translated:
    """What is translated: its words as they are, the form they were written in, and the flows that keep one language more."""

    title: str
    there: str  # its own page
    texts: Mapping[str, Mapping[str, str]]
    like: type[SideBySideForm]
    words: tuple[str, ...]
    require_open: Callable[[], None]
    missing: Callable[[], list[str]]
    write: Callable[[Mapping[str, str]], None]


@for_roles(MAY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_language(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    return _page(request, lambda language, at: _campaign(request, campaign_id, language, at=at))


@for_roles(MAY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def action_language(request: PersonalRequest, action_id: int) -> HttpResponse:
    return _page(request, lambda language, at: _action(request, action_id, language, at=at))


def _campaign(request: PersonalRequest, campaign_id: int, language: str, *, at: datetime) -> Translated | None:
    found = draft_of(campaign_id, at=at, reader=request.user)
    if found is None:
        return None
    row = Campaign.objects.get(pk=campaign_id)
    return Translated(
        title=found.title,
        there=reverse("draft", args=[campaign_id]),
        texts=found.texts,
        like=CampaignForm,
        words=tuple(field for field in TEXT_FIELDS if field != "letter" or found.has_petition),
        require_open=lambda: translating.require_campaign_open(row, language),
        missing=lambda: translating.missing_of_campaign(row, language, at=at),
        write=lambda words: translating.write_campaign(campaign_id, language, words, by=request.user, at=at),
    )


def _action(request: PersonalRequest, action_id: int, language: str, *, at: datetime) -> Translated | None:
    found = action_draft_of(action_id, reader=request.user)
    if found is None:
        return None
    row = Action.objects.select_related("campaign__case").get(pk=action_id)
    return Translated(
        title=found.title,
        there=reverse("action", args=[action_id]),
        texts=found.texts,
        like=words_form_of(found.kind),
        words=tuple(word.name for word in found.kind.words),
        require_open=lambda: translating.require_action_open(row, language, at=at),
        missing=lambda: translating.missing_of_action(row, language, at=at),
        write=lambda words: translating.write_action(action_id, language, words, by=request.user, at=at),
    )


def _page(request: PersonalRequest, translated: Callable[[str, datetime], Translated | None]) -> HttpResponse:
    language = request.GET.get("language", "")
    found = translated(language, timezone.now()) if language in LANGUAGES else None
    if found is None:
        return missing(request)
    data = request.POST if request.method == "POST" else None
    form = _form(found, language, data)
    is_thrown_away = data is not None and "away" in data
    try:
        found.require_open()  # before anybody types
        if is_thrown_away or (data is not None and form.is_valid()):
            found.write(dict.fromkeys(found.words, "") if is_thrown_away else form.words_in(language))
            return HttpResponseRedirect(
                found.there if is_thrown_away or not found.missing() else request.get_full_path()
            )
    except Refused as refused:
        return refusal(request, refused)
    context = {"form": form, **_beside(found, form), "there": found.there, "title": found.title}
    return render(request, "workspace/language.html", context, status=400 if form.errors else 200)


def _form(found: Translated, language: str, data: Any) -> LanguageForm:
    kept = {f"{word}_{language}": found.texts.get(language, {}).get(word, "") for word in found.words}
    return language_form_of(found.like, found.words)(data, language=language, initial=kept)


def _beside(found: Translated, form: LanguageForm) -> dict[str, Any]:
    """Each word beside what readers have of it, in the language nearest to the organiser's."""
    own, is_written = current_language(), form.language in found.texts
    others = (language for language in found.texts if language != form.language)
    beside = min(others, key=lambda one: distance(one, own), default="")
    read = found.texts.get(beside, {})
    return {
        "own_name": own_name_of(form.language),
        "beside": {"language": beside, "direction": direction_of(beside)},
        "rows": [(form[f"{word}_{form.language}"], read.get(word, "")) for word in found.words],
        "is_written": is_written,
        "missing": in_words(found.missing()) if is_written else [],
    }
