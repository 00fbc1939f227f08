"""Open campaign pages: home, the list, one campaign."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.flows.campaign import counting
from campaigns.open.caching import kept_briefly, kept_form, kept_here
from campaigns.open.signing import take_entry
from campaigns.publishing import campaign as published
from campaigns.publishing import case as cases
from campaigns.publishing import front
from campaigns.publishing.action import PublishedAction, pressing_first, was_shown
from campaigns.publishing.audiences import Audience
from campaigns.publishing.message import shown
from campaigns.publishing.report import report_of
from campaigns.publishing.succession import successors_of
from campaigns.publishing.update import updates_of
from campaigns.refusals import ActionClosed
from network.languages import current_language
from network.open.errors import gone, missing, refusal
from network.open.guard import guarded
from network.open.paging import page_of


@kept_here
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One name, one ask, above everything; then the others that ask, the record, whom nobody remembers, and the way in."""
    now, language = timezone.now(), current_language()
    campaigns = published.listed(audience=Audience.PUBLIC, language=language, at=now)
    told = [form for form in cases.listed(audience=Audience.PUBLIC, language=language, at=now) if not form.is_archived]
    context = {
        "campaigns": _with_counts(campaigns),
        "total": len(campaigns),
        "today": now,
        "changes": front.changes(told, campaigns, at=now),
        "quiet": front.longest_without_a_word(told, at=now),
    }
    return kept_briefly(render(request, "open/home.html", context), [*campaigns, *told], at=now)


@kept_here
@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    listed = published.listed(audience=Audience.PUBLIC, language=get_language(), at=now)
    paged = page_of(request, listed)
    over = published.over(audience=Audience.PUBLIC, language=current_language(), at=now, most=settings.LIST_ROWS)
    context = {**paged, "campaigns": _with_counts(paged["page"]), "over": [] if paged["first"] else _with_counts(over)}
    return kept_briefly(render(request, "open/campaigns.html", context), [*listed, *over], at=now)


def _with_counts(listed: list[published.PublishedCampaign]) -> list[dict]:
    tallies = counting.tallies_of([form.main.id for form in listed if form.main])
    return [{"form": form, "count": tallies.get(form.main.id, 0) if form.main else 0} for form in listed]


def _own_pages_of(form: published.PublishedCampaign, *, at: datetime) -> list[str]:
    """Where the own page of each is, with sources and what happened; empty where there is none to be read."""
    language, public = current_language(), Audience.PUBLIC
    told = (
        cases.of_defender(one.public_id, audience=public, language=language, at=at, whole=False) for one in form.people
    )
    return [next((one.defender_slug for one in rows if one.defender_slug), "") for rows in told]


@require_safe
def count(request: HttpRequest, slug: str) -> HttpResponse:
    """The tally of a campaign's page alone, for whoever has it open."""
    now = timezone.now()
    form = kept_form(published.find, slug, at=now)
    if form is None:
        return gone(request) if published.was_launched_at(slug) else missing(request)
    context = {"campaign": form, **_counted(form.main)}
    return kept_briefly(render(request, "open/campaign_count.html", context), [form], at=now)


@kept_here
@require_safe
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """What people did in a campaign that is over, what happened, and what did not."""
    now = timezone.now()
    form = kept_form(published.find, slug, at=now)
    if form is None:
        return gone(request) if published.was_launched_at(slug) else missing(request)
    found = report_of(form.id, form.scopes, form.actions, at=now) if form.closed_on else None
    if found is None:
        return missing(request)
    return kept_briefly(render(request, "open/report.html", {"campaign": form, "report": found}), [form], at=now)


@kept_here
@require_safe
def counting_note(request: HttpRequest) -> HttpResponse:
    """How what people do is counted."""
    return kept_briefly(
        render(request, "open/counting.html", {"days": settings.CONFIRMATION_DAYS}), [], at=timezone.now()
    )


def _signed_no_more(form: published.PublishedCampaign) -> dict[str, Any]:
    """Of a letter that nobody signs any more: that it is so, and, while something else is asked and counted, how many did."""
    over = next((one for one in form.actions if not one.words), None)
    if over is None or any(not one.words for one in form.asked):
        return {}
    return {"is_signed_no_more": True, "signed_before": _counted(over) if form.asked else None}


def _counted(action: PublishedAction | None) -> dict[str, Any]:
    """How many took an action, and how that is said."""
    if action is None:
        return {}
    return {"tally": counting.tally_of(action.id), "count_template": action.kind_of.template("count"), "action": action}


@kept_here
@guarded
@require_http_methods(["GET", "HEAD", "POST"])
def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    """A campaign and the act it asks for. A POST is the act; what was typed wrongly comes back with a reason."""
    now = timezone.now()
    form = kept_form(published.find, slug, at=now)
    if form is None:
        return gone(request) if published.was_launched_at(slug) else missing(request)
    action = next(iter(form.asked), None)
    if action is None and request.method == "POST":
        return refusal(request, ActionClosed())
    entered, entry_form = (None, None) if action is None else take_entry(request, form, action, at=now)
    if entered is not None:
        return entered
    context = {
        **_counted(form.main),
        **_asked(form, action, entry_form),
        "person_at": (pages := _own_pages_of(form, at=now))[0],
        "people": list(
            zip(form.people, pages, [form.statuses, *(one for _who, one in form.statuses_beside)], strict=True)
        ),
        "updates": updates_of(form, language=current_language()),
        "is_signed": form.is_signed,
        **_signed_no_more(form),
        "is_met": all(one.met_on for one in form.demands),
        "successors": successors_of(form, language=current_language(), at=now) if form.closed_on else [],
    }
    return _answer(request, "open/campaign.html", context, form, at=now)


@kept_here
@guarded
@require_http_methods(["GET", "HEAD", "POST"])
def action(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    """One thing more that a campaign asks, with words of its own."""
    now = timezone.now()
    form = kept_form(published.find, slug, at=now)
    if form is None:
        return gone(request) if published.was_launched_at(slug) else missing(request)
    asked = form.at_position(position)
    if asked is None:
        return gone(request) if was_shown(form.id, position) else missing(request)
    if not asked.words:
        return HttpResponsePermanentRedirect(reverse("campaign", args=[slug]))
    if not asked.is_open and request.method == "POST":
        return refusal(request, ActionClosed())
    entered, entry_form = take_entry(request, form, asked, at=now) if asked.is_open else (None, None)
    if entered is not None:
        return entered
    context = {**_counted(asked), **_asked(form, asked, entry_form)}
    return _answer(request, "open/action.html", context, form, at=now)


def _asked(
    form: published.PublishedCampaign, action: PublishedAction | None, entry_form: forms.Form | None
) -> dict[str, Any]:
    """What a page that asks for an action shows of it, and what else is asked."""
    context: dict[str, Any] = {"campaign": form, "action": action, "form": entry_form}
    context["others"] = pressing_first(one for one in form.asked if action is None or one.id != action.id)
    if action is not None:
        kind = action.kind_of
        context |= {"kind": kind, "act_template": kind.template("act"), "words_template": kind.template("words")}
        context["address"] = f"{settings.SITE_URL}{reverse('campaign', args=[form.slug])}"
        if action.capacity:
            left = counting.room_left(action.id, action.capacity)
            context |= {"room_left": left, "is_full": not left}
        if kind.free_words:
            context["messages"] = shown(form, action.id)
    return context


def _answer(
    request: HttpRequest, template: str, context: dict[str, Any], form: published.PublishedCampaign, *, at: datetime
) -> HttpResponse:
    status = 400 if context["form"] is not None and context["form"].errors else 200
    response = render(request, template, context, status=status)
    shown = [form, *context.get("successors", [])]
    return kept_briefly(response, shown, at=at) if request.method in {"GET", "HEAD"} else response
