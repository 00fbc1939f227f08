"""/organise/cases/N/words/ and …/timeline/: what is told of a case, and how we know it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.flows.record import telling
from campaigns.publishing import record
from campaigns.publishing.slots import PERSON_SLOTS, unknown_slots
from campaigns.publishing.vocabulary import EVENTS
from campaigns.publishing.workspace import case_on_record
from campaigns.workspace.missing import in_words
from campaigns.workspace.report import ReportForm, reliability_field, reporter_field
from campaigns.workspace.side_by_side import WORKING_LANGUAGES, SideBySideForm, languages_as_read, no_such_slot
from campaigns.workspace.together import LinkForm
from network.languages import NAMES_OF_LANGUAGES
from network.open.errors import missing, refusal
from network.permissions import MAY_APPROVE, MAY_EDIT, may
from network.personal.request import PersonalRequest
from network.refusals import Refused
from network.workspace.access import deciding, for_roles
from network.workspace.typed import not_twice, typed


class WordsForm(SideBySideForm):
    labels: ClassVar[dict[str, Any]] = {
        "who": _("Who they are, in a few words"),
        "summary": _("What happened, in two or three sentences"),
        "story": _("The story"),
    }
    limits: ClassVar[dict[str, int]] = {"who": 160, "summary": 1200, "story": 20_000}
    rows: ClassVar[dict[str, int]] = {"summary": 4, "story": 14}


class EventForm(ReportForm):
    field_order = ("kind",)

    kind = forms.ChoiceField(
        label=_("What happened?"),
        choices=[("", _("Choose one")), *EVENTS.items()],
        widget=forms.Select({"class": "input"}),
    )


class OwnWordsForm(ReportForm):
    field_order = ("language",)

    language = forms.ChoiceField(
        label=_("In which language did they say it?"),
        choices=NAMES_OF_LANGUAGES[: len(WORKING_LANGUAGES)],
        widget=forms.Select({"class": "input"}),
    )


class SourceForm(forms.Form):
    kind = reporter_field(_("What kind of source?"))
    reliability = reliability_field(_("How reliable is the source?"))
    note = forms.CharField(
        label=_("A note for ourselves: sealed. No name, no address, no way to reach them"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"class": "input", "rows": 3, "dir": "auto"}),
    )


@for_roles(MAY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: PersonalRequest, case_id: int) -> HttpResponse:
    """Saving keeps the words whatever they say; what the guard would refuse is named on the page, word by word."""
    kept = record.words_on_record(case_id, at=timezone.now())
    if kept is None:
        return missing(request)
    initial = {f"{field}_{language}": text for language, texts in kept.texts.items() for field, text in texts.items()}
    form = WordsForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        texts = {language: form.words_in(language) for language in form.tongues}
        telling.write(case_id, texts, by=request.user, at=timezone.now())
        return HttpResponseRedirect(reverse("case_words", args=[case_id]))
    states = record.states_of_words(case_id, reader=request.user)
    context = {"form": form.told_with(states), "case_id": case_id, "unfit": in_words(kept.unfit)}
    return render(request, "workspace/case_words.html", context, status=400 if form.errors else 200)


@for_roles(MAY_EDIT)
@require_safe
def timeline(request: PersonalRequest, case_id: int) -> HttpResponse:
    return _page(request, case_id)


def _page(request: PersonalRequest, case_id: int, *, status: int = 200, **given: Any) -> HttpResponse:
    now = timezone.now()
    if case_on_record(case_id, at=now) is None:
        return missing(request)
    context = {
        "case_id": case_id,
        "events": _claims(request, case_id, "event"),
        "own_words": _claims(request, case_id, "own_words"),
        "corrections": _claims(request, case_id, "correction"),
        "links": record.links_on_record(case_id, reader=request.user, at=now),
        "link_form": LinkForm(case_id=case_id, prefix="link"),
        "sources": record.sources_on_record(case_id),
        "event_form": EventForm(case_id=case_id, prefix="event"),
        "own_words_form": OwnWordsForm(case_id=case_id, prefix="own"),
        "source_form": SourceForm(prefix="source"),
        "working_languages": languages_as_read(),
        "may_approve": may(request.user, MAY_APPROVE),
        **given,
    }
    return render(request, "workspace/case_timeline.html", context, status=status)


def _claims(request: PersonalRequest, case_id: int, claim: str) -> list[dict[str, Any]]:
    rows = record.claims_on_record(case_id, claim, reader=request.user, at=timezone.now())
    return [{"row": row, "unfit": in_words(row.unfit)} for row in rows]


def _said(request: PersonalRequest, prefix: str) -> tuple[dict[str, str], str]:
    """({language: words} of the small side-by-side fields, what is wrong with them); a language left empty is not there."""
    said = {language: typed(request, f"{prefix}-words_{language}", most=2000) for language in WORKING_LANGUAGES}
    said = {language: text for language, text in said.items() if text}
    if not said:
        return said, str(_("Write it in at least one language."))
    unknown = unknown_slots("\n".join(said.values()))
    return said, no_such_slot(unknown[0], PERSON_SLOTS) if unknown else ""


@for_roles(MAY_EDIT)
@not_twice("case_timeline")
@require_POST
def record_event(request: PersonalRequest, case_id: int) -> HttpResponse:
    if case_on_record(case_id, at=timezone.now()) is None:
        return missing(request)
    form = EventForm(request.POST, case_id=case_id, prefix="event")
    said, wrong = _said(request, "event")
    if not form.is_valid() or wrong:
        return _page(request, case_id, status=400, event_form=form, event_words=said, event_wrong=wrong)
    telling.record_event(
        case_id,
        kind=form.cleaned_data["kind"],
        words=said,
        report=telling.Report(**form.known()),
        by=request.user,
        at=timezone.now(),
    )
    return _back(case_id)


@for_roles(MAY_EDIT)
@not_twice("case_timeline")
@require_POST
def record_own_words(request: PersonalRequest, case_id: int) -> HttpResponse:
    if case_on_record(case_id, at=timezone.now()) is None:
        return missing(request)
    form = OwnWordsForm(request.POST, case_id=case_id, prefix="own")
    said, wrong = _said(request, "own")
    language = request.POST.get("own-language", "")
    if not wrong and not said.get(language):
        wrong = str(_("Write their own words in the language in which they said them."))
    if not form.is_valid() or wrong:
        return _page(request, case_id, status=400, own_words_form=form, own_words_typed=said, own_words_wrong=wrong)
    telling.record_own_words(
        case_id,
        language=language,
        words=said,
        report=telling.Report(**form.known()),
        by=request.user,
        at=timezone.now(),
    )
    return _back(case_id)


@for_roles(MAY_EDIT)
@not_twice("case_timeline")
@require_POST
def record_source(request: PersonalRequest, case_id: int) -> HttpResponse:
    if case_on_record(case_id, at=timezone.now()) is None:
        return missing(request)
    form = SourceForm(request.POST, prefix="source")
    if not form.is_valid():
        return _page(request, case_id, status=400, source_form=form)
    telling.record_source(case_id, **form.cleaned_data, by=request.user, at=timezone.now())
    return _back(case_id)


@for_roles(MAY_EDIT)
@not_twice("case_timeline")
@require_POST
def record_correction(request: PersonalRequest, case_id: int) -> HttpResponse:
    if case_on_record(case_id, at=timezone.now()) is None:
        return missing(request)
    said, wrong = _said(request, "correction")
    if wrong:
        return _page(request, case_id, status=400, correction_typed=said, correction_wrong=wrong)
    telling.record_correction(case_id, words=said, by=request.user, at=timezone.now())
    return _back(case_id)


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def verify(request: PersonalRequest, claim: str, claim_id: int) -> HttpResponse:
    case_id = record.case_of_claim(claim, claim_id)
    if case_id is None:
        return missing(request)
    try:
        telling.verify(claim, claim_id, by=request.user, at=timezone.now())
    except Refused as refused:
        return refusal(request, refused)
    return _back(case_id)


@for_roles(MAY_EDIT)
@require_POST
def take_back(request: PersonalRequest, claim: str, claim_id: int) -> HttpResponse:
    case_id = record.case_of_claim(claim, claim_id)
    if case_id is None or claim == "correction":
        return missing(request)
    telling.take_back(claim, claim_id, by=request.user, at=timezone.now())
    return _back(case_id)


def _back(case_id: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("case_timeline", args=[case_id]))
