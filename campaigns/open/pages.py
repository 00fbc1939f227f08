"""Open campaign pages: home, the list, one campaign."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.flows.campaign import counting
from campaigns.kinds.contract import kind_named
from campaigns.models import Tally
from campaigns.open.caching import kept_briefly, kept_form, kept_here
from campaigns.open.signing import take_entry
from campaigns.publishing import campaign as published
from campaigns.publishing import case as cases
from campaigns.publishing import front
from campaigns.publishing.audiences import Audience
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
    tallies = counting.tallies_of([action.id for form in listed for action in form.actions])
    return [{"form": form, "count": sum(tallies.get(action.id, 0) for action in form.actions)} for form in listed]


def _own_page_of(form: published.PublishedCampaign, *, at: datetime) -> str:
    """Where the same person's own page is, with sources and what happened; empty where there is none to be read."""
    language = current_language()
    told = cases.of_defender(form.defender.public_id, audience=Audience.PUBLIC, language=language, at=at, whole=False)
    return next((one.defender_slug for one in told if one.defender_slug), "")


@require_safe
def count(request: HttpRequest, slug: str) -> HttpResponse:
    """The tally of a campaign's page alone, for whoever has it open."""
    now = timezone.now()
    form = kept_form(published.find, slug, at=now)
    if form is None:
        return gone(request) if published.was_launched_at(slug) else missing(request)
    context = {"campaign": form, "tally": _tally_of(form)}
    return kept_briefly(render(request, "open/campaign_count.html", context), [form], at=now)


def _tally_of(form: published.PublishedCampaign) -> Tally | None:
    """Of what it asks, or of what it asked while it was open."""
    action = next((action for action in form.actions if action.is_open), next(iter(form.actions), None))
    return counting.tally_of(action.id) if action else None


@kept_here
@guarded
@require_http_methods(["GET", "HEAD", "POST"])
def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    """A campaign and the act it asks for. A POST is the act; what was typed wrongly comes back with a reason."""
    now = timezone.now()
    form = kept_form(published.find, slug, at=now)
    if form is None:
        return gone(request) if published.was_launched_at(slug) else missing(request)
    action = next((action for action in form.actions if action.is_open), None)
    entry_form = None
    if action is None and request.method == "POST":
        return refusal(request, ActionClosed())
    if action is not None:
        entered, entry_form = take_entry(request, form, action, at=now)
        if entered is not None:
            return entered
    context = {
        "campaign": form,
        "person_at": _own_page_of(form, at=now),
        "action": action,
        "kind": kind_named(action.kind) if action else None,
        "act_template": kind_named(action.kind).template("act") if action else None,
        "form": entry_form,
        "tally": _tally_of(form),
    }
    status = 400 if entry_form is not None and entry_form.errors else 200
    response = render(request, "open/campaign.html", context, status=status)
    return kept_briefly(response, [form], at=now) if request.method in {"GET", "HEAD"} else response
