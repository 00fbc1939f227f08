"""/organise/alerts/: writing an alert, seeing it as its readers will, a second person's approval, letting it go."""

from __future__ import annotations

from datetime import date, timedelta

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.models import Campaign
from campaigns.publishing import results
from campaigns.publishing.days_written import days_named
from campaigns.publishing.workspace import draft_of, part_states
from campaigns.workspace.missing import in_words, without_words
from campaigns.workspace.pressing import part_approved
from network.countries import name_of
from network.languages import NAMES_OF_LANGUAGES, current_language, distance, told_apart
from network.open.converters import row_number
from network.open.errors import missing, refusal
from network.open.paging import page_of
from network.permissions import MAY_APPROVE, MAY_EDIT, MAY_READ, MAY_SEE_PEOPLE, may
from network.personal.request import PersonalRequest
from network.places import name_of_clock
from network.refusals import Refused
from network.workspace.access import deciding, for_roles
from notifications.engine.compiling import compile_alert
from notifications.flows import approving, noticing, opening, progressing, steering, writing
from notifications.models import Alert, Notice
from notifications.models.audience import audience_of, meant_by, reachable_by
from notifications.refusals import AlertIsOut, AlertNotReady
from notifications.workspace.forms import AUDIENCES, SEVERITIES, TRIGGERS, AlertForm
from notifications.workspace.outcomes import reason_in_words
from notifications.workspace.personas import persona_named, personas_in
from notifications.workspace.titles import title_of

READY = "ready"  # a draft of which nothing is missing
SETTLED_STATES = {"finished", "cancelled", "paused", "standing"}  # whose rows can be told by reason
NAMES = dict(NAMES_OF_LANGUAGES)


@for_roles(MAY_READ)
@require_safe
def alerts(request: PersonalRequest) -> HttpResponse:
    now = timezone.now()
    paged = page_of(request, Alert.objects.newest_first())
    rows = [
        {
            "alert": alert,
            "shown_state": READY if opening.is_ready(alert, at=now) else alert.state,
            "progress": progressing.progress_of(alert, at=now),
            "title": title_of(alert),
        }
        for alert in paged["page"]
    ]
    context = {
        **paged,
        "rows": rows,
        "live": _campaigns_to_write_about(request),
        "may_edit": may(request.user, MAY_EDIT),
        "sees_people": may(request.user, MAY_SEE_PEOPLE),
    }
    return render(request, "workspace/alerts.html", context)


def _campaigns_to_write_about(request: PersonalRequest) -> list:
    found = (
        draft_of(pk, at=timezone.now(), reader=request.user)
        for pk in Campaign.objects.shown().publishable(timezone.now()).values_list("pk", flat=True)
    )
    return [draft for draft in found if draft]


@for_roles(MAY_EDIT)
@require_POST
def new_alert(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    campaign = get_object_or_404(Campaign.objects.shown(), pk=campaign_id)
    about = row_number(request.POST.get("update", ""))
    alert = writing.draft(campaign, by=request.user, at=timezone.now(), about=about)
    return HttpResponseRedirect(reverse("alert_edit", args=[alert.pk]))


@for_roles(MAY_EDIT)
@require_POST
def follow_up(request: PersonalRequest, alert_id: int) -> HttpResponse:
    """A new draft to exactly those who got this one."""
    first = get_object_or_404(Alert.objects.select_related("campaign").exclude(state=Alert.State.DRAFT), pk=alert_id)
    alert = writing.draft(first.campaign, follows=first, by=request.user, at=timezone.now())
    return HttpResponseRedirect(reverse("alert_edit", args=[alert.pk]))


@for_roles(MAY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PersonalRequest, alert_id: int) -> HttpResponse:
    alert = get_object_or_404(Alert, pk=alert_id)
    if alert.state != Alert.State.DRAFT:
        return refusal(request, AlertIsOut())  # before anybody types
    posted = request.POST if request.method == "POST" else None
    form = AlertForm(posted, initial=AlertForm.initial_from(alert), follows=alert.follows)
    if request.method == "POST" and form.is_valid():
        try:
            writing.write(
                alert_id,
                plan=form.plan(),
                variants=form.variants(),
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            return refusal(request, refused)
        return HttpResponseRedirect(reverse("alert", args=[alert_id]))
    parts = part_states(opening.SUBJECT, alert.pk, alert.parts(), reader=request.user)
    context = {"form": form.told_with(parts), "alert": alert}
    return render(request, "workspace/alert_edit.html", context, status=400 if form.errors else 200)


@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # its stub knows views without arguments only
@for_roles(MAY_READ)
@require_safe
def alert(request: PersonalRequest, alert_id: int) -> HttpResponse:
    """A draft: audience, previews, approvals. One that is out: how far it has come."""
    found = get_object_or_404(Alert.objects.select_related("campaign__case__defender", "campaign__host"), pk=alert_id)
    return _draft(request, found) if found.state == Alert.State.DRAFT else _progress(request, found)


def _draft(request: PersonalRequest, found: Alert, *, refused: bool = False) -> HttpResponse:
    own = current_language()
    variants = sorted(found.variants.all(), key=lambda one: distance(one.language, own))
    languages = {variant.language for variant in variants}
    personas = sorted(personas_in(languages), key=lambda one: distance(one.language, own))
    reaches, meant, may_get = (people(found).count() for people in (audience_of, meant_by, reachable_by))
    unwritten = audience_of(found).exclude(language__in=languages).by_language()
    codes = opening.missing_for_opening(found, at=timezone.now())
    context = {
        "alert": found,
        "shown_state": "draft" if codes else READY,
        "title": title_of(found),
        "trigger": dict(TRIGGERS)[Alert.Trigger(found.trigger)] if found.trigger else "",
        "severity": dict(SEVERITIES)[Alert.Severity(found.severity)],
        "variants": variants,
        "audience": AUDIENCES[Alert.Audience(found.audience)],
        "only_languages": [NAMES[code] for code in found.languages],
        "only_countries": [name_of(code, own) for code in found.countries],
        "clock": name_of_clock(found.campaign.zone, own),
        "followed_title": title_of(found.follows) if found.follows else "",
        "meant": meant,
        "reachable": reaches,
        "unreachable": meant - may_get,
        "tired": may_get - reaches,
        "fallback": sum(unwritten.values()),
        "unwritten": [
            NAMES[code] if code else gettext("others, too few to tell apart") for code, _n in told_apart(unwritten)
        ],
        "written": NAMES.get(found.fallback_language, found.fallback_language),
        "personas": personas,
        "languages_written": sorted(languages),
        "parts": part_states(opening.SUBJECT, found.pk, found.parts(), reader=request.user),
        "missing": in_words(codes if may(request.user, MAY_EDIT) else without_words(codes), of="alert"),
        "refused": refused,
        "undo_seconds": settings.UNDO_SECONDS[found.severity],
        "days_it_outlasts": _days_it_outlasts(found),
        "may_approve": may(request.user, MAY_APPROVE),
        "may_edit": may(request.user, MAY_EDIT),
        "tested": request.GET.get("tested"),
    }
    return render(request, "workspace/alert.html", context, status=409 if refused else 200)


def _days_it_outlasts(found: Alert) -> list[date]:
    """Days that the letter names and that are past before its last day to leave: whoever gets it late reads of yesterday."""
    if found.expires_at is None:
        return []
    today, last = timezone.now().date(), found.expires_at.date()
    ahead = [today + timedelta(days=n) for n in range(min((last - today).days, settings.DAYS_LOOKED_FOR_IN_ALERTS))]
    words = " . ".join(f"{one.subject} . {one.kicker} . {one.body_text}" for one in found.variants.all())
    return days_named(words, ahead)


def _progress(request: PersonalRequest, found: Alert, *, page: str = "alert_progress") -> HttpResponse:
    """The page renews itself: its moving part by script, or the whole of it where there is none."""
    now = timezone.now()
    waits = found.state == Alert.State.OPENING and found.leaves_at is not None and found.leaves_at > now
    context = {
        "alert": found,
        "title": title_of(found),
        "trigger": dict(TRIGGERS)[Alert.Trigger(found.trigger)] if found.trigger else "",
        "waits": waits,
        "waits_seconds": (found.leaves_at - now).seconds + 1 if waits and found.leaves_at else 0,
        "progress": progressing.progress_of(found, at=timezone.now()),
        "outcomes": [
            (state, reason_in_words(state, reason), number) for state, reason, number in progressing.outcomes_of(found)
        ]
        if found.state in SETTLED_STATES
        else [],
        "since": results.since(found.campaign_id, found.opened_at) if found.opened_at else None,
        "is_going": found.state in Alert.SENDING,
        "may_resend": found.state == Alert.State.FINISHED and steering.may_resend(found, at=now),
        "renews": found.state in Alert.SENDING
        and not found.trigger,  # what stands for months need not look every second
        "may_approve": may(request.user, MAY_APPROVE),
        "may_edit": may(request.user, MAY_EDIT),
    }
    return render(request, f"workspace/{page}.html", context)


@for_roles(MAY_READ)
@require_safe
def part(request: PersonalRequest, alert_id: int) -> HttpResponse:
    """The moving part of the progress page alone."""
    return _progress(request, get_object_or_404(Alert, pk=alert_id), page="alert_going")


@csp_replace({"style-src": [UNSAFE_INLINE], "frame-ancestors": [SELF]})  # type: ignore[arg-type]
@xframe_options_sameorigin
@for_roles(MAY_READ)
@require_safe
def preview(request: PersonalRequest, alert_id: int, persona: str) -> HttpResponse:
    """The mail's own HTML, as a made-up reader gets it."""
    found, reader = get_object_or_404(Alert, pk=alert_id), persona_named(persona)
    if reader is None or not found.variants.filter(language=reader.language).exists():
        return missing(request)
    compiled = compile_alert(found, reader.language)
    if compiled is None:
        return missing(request)
    show = compiled.neutral_html_for if reader.is_neutral else compiled.html_for
    return HttpResponse(show(reader.recipient()))


@for_roles(MAY_EDIT)
@require_POST
def test(request: PersonalRequest, alert_id: int) -> HttpResponse:
    """Send it to oneself, in each language it is written in."""
    found, now = get_object_or_404(Alert, pk=alert_id), timezone.now()
    for language in found.variants.values_list("language", flat=True):
        noticing.notify(
            Notice.Kind.ALERT_TEST,
            address=request.user.email,
            language=language,
            dedupe_key=f"alert-test:{found.pk}:{language}:{request.user.pk}:{now.timestamp()}",
            subject_id=str(found.pk),
            at=now,
        )
    return HttpResponseRedirect(f"{reverse('alert', args=[alert_id])}?tested=1")


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def approve(request: PersonalRequest, alert_id: int) -> HttpResponse:
    found = get_object_or_404(Alert, pk=alert_id)
    parts = part_states(opening.SUBJECT, found.pk, found.parts(), reader=request.user)
    return part_approved(request, alert_id, approving.approve, parts, reverse("alert", args=[alert_id]))


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def open_alert(request: PersonalRequest, alert_id: int) -> HttpResponse:
    found = get_object_or_404(Alert.objects.select_related("campaign__case__defender"), pk=alert_id)
    try:
        undo = settings.UNDO_SECONDS[found.severity]
        opening.open_alert(alert_id, by=request.user, at=timezone.now(), undo_seconds=undo)
    except AlertNotReady:
        return _draft(request, found, refused=True)
    return HttpResponseRedirect(reverse("alert", args=[alert_id]))
