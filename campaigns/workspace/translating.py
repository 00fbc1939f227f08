"""/organise/…/languages/: what is out already, written in one language more beside a language that readers have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from campaigns.flows.campaign import translating
from campaigns.models import Campaign
from campaigns.publishing.action_draft import draft_of as action_draft_of
from campaigns.publishing.workspace import TEXT_FIELDS, draft_of
from campaigns.refusals import ActionClosed, SignedInEveryLanguage, WordsAreLocked
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

    def __init__(self, *args: Any, language: str, like: type[SideBySideForm], words: list[str], **kwargs: Any) -> None:
        """like: the form in which the others were written. words: those of its words that are asked for."""
        self.language, self.allowed_slots = language, like.allowed_slots  # type: ignore[misc]
        self.labels = {word: like.labels[word] for word in words}  # type: ignore[misc]
        self.limits = {word: like.limits[word] for word in words}  # type: ignore[misc]
        self.rows = {word: like.rows[word] for word in words if word in like.rows}  # type: ignore[misc]
        super().__init__(*args, **kwargs)

    def asked_languages(self) -> list[str]:
        return [self.language]

    def written(self) -> dict[str, str]:
        return self.words_in(self.language)


@for_roles(MAY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_language(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    found, language = draft_of(campaign_id, at=timezone.now(), reader=request.user), request.GET.get("language", "")
    if found is None or language not in LANGUAGES:
        return missing(request)
    is_read = language in found.texts and language not in found.waiting_languages
    if is_read or found.state in (*Campaign.WRITTEN, Campaign.State.ARCHIVED):
        return refusal(request, WordsAreLocked())  # before anybody types
    words = [field for field in TEXT_FIELDS if field != "letter" or found.has_petition]
    return _page(
        request,
        language,
        form=(CampaignForm, words),
        texts=found.texts,
        write=lambda said: translating.write_campaign(campaign_id, language, said, by=request.user, at=timezone.now()),
        wrong=lambda: translating.missing_of_campaign(campaign_id, language, at=timezone.now()),
        context={"title": found.title, "there": reverse("draft", args=[campaign_id])},
    )


@for_roles(MAY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def action_language(request: PersonalRequest, action_id: int) -> HttpResponse:
    found, language = action_draft_of(action_id, reader=request.user), request.GET.get("language", "")
    if found is None or language not in LANGUAGES:
        return missing(request)
    if found.state == "closed":
        return refusal(request, ActionClosed())
    if found.kind.by_organisations:
        return refusal(request, SignedInEveryLanguage())
    if found.state == "draft" or (language in found.texts and language not in found.waiting_languages):
        return refusal(request, WordsAreLocked())
    return _page(
        request,
        language,
        form=(words_form_of(found.kind), [word.name for word in found.kind.words]),
        texts=found.texts,
        write=lambda said: translating.write_action(action_id, language, said, by=request.user, at=timezone.now()),
        wrong=lambda: translating.missing_of_action(action_id, language, at=timezone.now()),
        context={"title": found.title, "there": reverse("action", args=[action_id])},
    )


def _page(
    request: PersonalRequest,
    language: str,
    *,
    form: tuple[type[SideBySideForm], list[str]],
    texts: Mapping[str, Mapping[str, str]],
    write: Callable[[Mapping[str, str]], None],
    wrong: Callable[[], list[str]],
    context: Mapping[str, Any],
) -> HttpResponse:
    """form: as the others were written in, and its words. texts: {language: {word: text}} of what there is. wrong: codes of what
    keeps these words from going out."""
    like, words = form
    kept = {f"{word}_{language}": texts.get(language, {}).get(word, "") for word in words}
    data = request.POST if request.method == "POST" else None
    asked = LanguageForm(data, language=language, like=like, words=words, initial=kept)
    is_thrown_away = data is not None and "away" in data
    if is_thrown_away or (data is not None and asked.is_valid()):
        try:
            write(dict.fromkeys(words, "") if is_thrown_away else asked.written())
        except Refused as refused:
            return refusal(request, refused)
        return HttpResponseRedirect(context["there"])
    own = current_language()
    beside = min((one for one in texts if one != language), key=lambda one: distance(one, own), default="")
    page = {
        **context,
        "form": asked,
        "own_name": own_name_of(language),
        "beside": {"language": beside, "direction": direction_of(beside)},
        "rows": [(asked[f"{word}_{language}"], texts.get(beside, {}).get(word, "")) for word in words],
        "is_written": language in texts,
        "missing": in_words(wrong()) if language in texts else [],
    }
    return render(request, "workspace/language.html", page, status=400 if asked.errors else 200)
