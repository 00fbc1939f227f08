"""/organise/letters/N/: letters that people wrote to an office through us: how many wait and left, and how they leave."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_http_methods, require_POST

from network.languages import current_language
from network.numbers import CountField
from network.open.errors import missing
from network.permissions import MAY_APPROVE, MAY_EDIT, may
from network.personal.request import PersonalRequest
from network.places import NOWHERE, names_of_places, place_with, places
from network.workspace.access import deciding, for_roles
from notifications.flows import noticing, relaying
from notifications.models import Notice
from notifications.models.hours import MIDNIGHT
from notifications.publishing.letters import LaneSeen, seen
from notifications.workspace.forms import HourField

STANDS = {
    "over": noop("This is not asked any more. What had not left stays here."),
    "held": noop("Nothing leaves until an approver lets the letters go."),
    "silent": noop("The campaign is shown to nobody at the moment, so nothing leaves."),
    "refused": noop("The office’s mailbox is closed, or on the list of those that get nothing. Nothing leaves."),
}
DROPPED = {
    "ended": noop("it was not asked any more when their turn came"),
    "taken-back": noop("taken back by their writers"),
    "withdrawn": noop("the case was withdrawn"),
    "at-risk": noop("their writers may be in danger"),
    "erased": noop("their writers left"),
}


class PaceForm(forms.Form):
    per_hour = CountField(
        label=_("How many letters an hour, at most?"), min_value=1, max_value=settings.LETTERS_PER_HOUR_MAX
    )
    per_day = CountField(
        label=_("How many a day, at most? Empty: as many as its hours let"),
        min_value=1,
        max_value=24 * settings.LETTERS_PER_HOUR_MAX,
        required=False,
    )
    from_hour = HourField(label=_("From which hour of the office’s day?"), hours=range(MIDNIGHT))
    to_hour = HourField(label=_("Until which?"), hours=range(1, MIDNIGHT + 1))
    place = forms.ChoiceField(
        label=_("Where is the office?"),
        choices=lambda: [(NOWHERE, "UTC"), *names_of_places(current_language())],
        required=False,
        widget=forms.Select({"class": "input"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        begins, ends = data.get("from_hour"), data.get("to_hour")
        if (begins or 0) >= (MIDNIGHT if ends is None else ends):
            self.add_error("to_hour", _("This is before the hour it begins."))
        return data

    def pace(self) -> relaying.Pace:
        data = self.cleaned_data
        place = places().get(data["place"])
        return relaying.Pace(
            per_hour=data["per_hour"],
            per_day=data["per_day"],
            from_hour=data["from_hour"] or 0,
            to_hour=MIDNIGHT if data["to_hour"] is None else data["to_hour"],
            zone=place.zone if place else "UTC",
        )

    @staticmethod
    def initial_from(lane: LaneSeen) -> dict[str, Any]:
        return {
            "per_hour": lane.per_hour,
            "per_day": lane.per_day,
            "from_hour": lane.from_hour,
            "to_hour": lane.to_hour,
            "place": place_with(lane.zone),
        }


@for_roles(MAY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def lane(request: PersonalRequest, action_id: int) -> HttpResponse:
    """A POST sets the pace, also while letters leave."""
    found = seen(action_id, at=timezone.now())
    if found is None:
        return missing(request)
    form = PaceForm(request.POST if request.method == "POST" else None, initial=PaceForm.initial_from(found))
    if request.method == "POST" and form.is_valid():
        relaying.set_pace(action_id, form.pace(), by=request.user, at=timezone.now())
        return HttpResponseRedirect(reverse("letter_lane", args=[action_id]))
    context = {
        "lane": found,
        "form": form,
        "stands": _(STANDS[found.stands]) if found.stands else "",
        "dropped": [(_(DROPPED[why]) if why in DROPPED else why, number) for why, number in found.dropped],
        "may_approve": may(request.user, MAY_APPROVE),
        "tested": "tested" in request.GET,
    }
    return render(request, "workspace/letter_lane.html", context, status=400 if form.errors else 200)


@for_roles(MAY_EDIT)
@require_POST
def hold(request: PersonalRequest, action_id: int) -> HttpResponse:
    """One person is enough, as for every stop."""
    return _steer(request, action_id, relaying.hold)


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def let_go(request: PersonalRequest, action_id: int) -> HttpResponse:
    return _steer(request, action_id, relaying.let_go)


def _steer(request: PersonalRequest, action_id: int, flow: Any) -> HttpResponse:
    if seen(action_id, at=timezone.now()) is None:
        return missing(request)
    flow(action_id, by=request.user, at=timezone.now())
    return HttpResponseRedirect(reverse("letter_lane", args=[action_id]))


@for_roles(MAY_EDIT)
@require_POST
def test(request: PersonalRequest, action_id: int) -> HttpResponse:
    """The letter to begin from, exactly as the office would get it, to oneself."""
    now = timezone.now()
    if seen(action_id, at=now) is None:
        return missing(request)
    noticing.notify(
        Notice.Kind.LETTER_TEST,
        address=request.user.email,
        language=current_language(),
        dedupe_key=f"letter-test:{action_id}:{request.user.pk}:{now.timestamp()}",
        subject_id=str(action_id),
        at=now,
    )
    return HttpResponseRedirect(f"{reverse('letter_lane', args=[action_id])}?tested=1")
