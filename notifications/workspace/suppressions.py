"""/organise/suppressions/: whom we must not write to, and why; added by a steward, released one by one or many at once."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from campaigns.workspace.days import UntilField
from network.models.address import stored_form
from network.permissions import MAY_SEE_PEOPLE
from network.personal.request import PersonalRequest
from network.refusals import NotAnAddress
from network.workspace.access import for_roles
from notifications.flows import suppressing
from notifications.models import Suppression
from notifications.models.suppression import SuppressionQuerySet

REASONS = {
    Suppression.Reason.HARD_BOUNCE: _("There is no such mailbox"),
    Suppression.Reason.SOFT_BOUNCES: _("The mailbox refused on several days"),
    Suppression.Reason.COMPLAINT: _("Called spam by the person who got it"),
    Suppression.Reason.MANUAL: _("Said by a steward"),
}
LATEST = 50  # rows of the list
HOURS = [(1, _("the last hour")), (24, _("the last day")), (24 * 7, _("the last week"))]


def address_or_domain(typed: str) -> tuple[str, str]:
    """(address, "") or ("", domain), each as it is stored. Raises NotAnAddress."""
    text = typed.strip()
    if "@" in text.removeprefix("@"):
        return stored_form(text), ""
    return "", stored_form(f"anybody@{text.removeprefix('@')}").partition("@")[2]


ADDRESS = re.compile(r"""[^\s<>,;:"'()]+@[^\s<>,;:"'()]+""")  # within what was copied along with it


class SuppressionForm(forms.Form):
    whom = forms.CharField(
        label=_("An address, or a domain such as people.example"),
        max_length=254,
        widget=forms.TextInput({"class": "input ltr", "autocomplete": "off", "autocapitalize": "none"}),
    )
    note = forms.CharField(
        label=_("Why? Sealed"),
        max_length=500,
        required=False,
        widget=forms.TextInput({"class": "input", "dir": "auto"}),
    )
    until = UntilField(label=_("Until when? Empty: for good"), required=False)

    def clean_whom(self) -> tuple[str, str]:
        try:
            return address_or_domain(self.cleaned_data["whom"])
        except NotAnAddress as wrong:
            raise forms.ValidationError(str(wrong.reason)) from None

    def clean_until(self) -> datetime | None:
        until = self.cleaned_data["until"]
        if until is not None and until <= timezone.now():
            raise forms.ValidationError(_("This day is past."))
        return until


class ManyForm(forms.Form):
    """Which to release at once: what one reason brought since a moment, as after a relay that answered wrongly."""

    reason = forms.ChoiceField(
        label=_("Which?"),
        choices=[(reason, label) for reason, label in REASONS.items() if reason != Suppression.Reason.COMPLAINT],
        widget=forms.Select({"class": "input"}),
    )
    hours = forms.TypedChoiceField(
        label=_("Since when?"), choices=HOURS, coerce=int, widget=forms.Select({"class": "input"})
    )

    counted_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def rows(self, *, at: datetime) -> SuppressionQuerySet:
        """As they were counted, if they were: what came since is not among them."""
        counted = self.cleaned_data["counted_at"] or at
        span = (counted - timedelta(hours=self.cleaned_data["hours"]), counted)
        return Suppression.objects.in_force().filter(reason=self.cleaned_data["reason"], created_at__range=span)


@for_roles(MAY_SEE_PEOPLE)
@require_safe
def suppressions(request: PersonalRequest) -> HttpResponse:
    return _page(request, SuppressionForm())


def _page(request: PersonalRequest, form: SuppressionForm, *, status: int = 200) -> HttpResponse:
    sought = _as_typed(request.GET.get("q", ""))
    many = ManyForm(request.GET) if "hours" in request.GET else ManyForm()
    found = Suppression.objects.in_force()
    if sought:  # the history too
        found = Suppression.objects.filter(_about(sought))
    rows = found.select_related("added_by", "released_by").order_by("-created_at")[:LATEST]
    counted = dict(Suppression.objects.in_force().order_by().values_list("reason").annotate(n=Count("pk")))
    now = timezone.now()
    context: dict[str, Any] = {
        "sought": sought,
        "rows": [
            {"row": row, "why": REASONS[Suppression.Reason(row.reason)], "is_over": _is_over(row, now)} for row in rows
        ],
        "counts": [(label, counted.get(reason, 0)) for reason, label in REASONS.items()],
        "form": form,
        "many": many,
        "counted_at": now.isoformat(),
        "would_release": many.rows(at=now).count() if many.is_valid() else None,
    }
    return render(request, "workspace/suppressions.html", context, status=status)


def _as_typed(text: str) -> str:
    """What somebody looks for, without what clings to an address where it is copied from, and what no address holds."""
    seen = "".join(letter for letter in text if letter.isprintable()).lower().removeprefix("mailto:")
    found = ADDRESS.search(seen)
    return (found.group() if found else seen).strip(" <>.,;")[:254]


def _about(sought: str) -> Q:
    """Rows of an address, of its domain too, or of a domain; as they are stored, however it was typed."""
    try:
        address, domain = address_or_domain(sought)
    except NotAnAddress:
        return Q(address=sought)
    of_domain = Q(address="", domain=domain or address.partition("@")[2])
    return of_domain | Q(address=address) if address else of_domain


def _is_over(row: Suppression, now: datetime) -> bool:
    return row.released_at is not None or (row.expires_at is not None and row.expires_at <= now)


@for_roles(MAY_SEE_PEOPLE)
@require_POST
def add(request: PersonalRequest) -> HttpResponse:
    form = SuppressionForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    address, domain = form.cleaned_data["whom"]
    suppressing.suppress(
        address,
        Suppression.Reason.MANUAL,
        domain=domain,
        source="steward",
        note=form.cleaned_data["note"],
        expires_at=form.cleaned_data["until"],
        by=request.user,
        at=timezone.now(),
    )
    return HttpResponseRedirect(reverse("suppressions"))


@for_roles(MAY_SEE_PEOPLE)
@require_POST
def release(request: PersonalRequest, suppression_id: int) -> HttpResponse:
    if Suppression.objects.filter(pk=suppression_id).exists():
        suppressing.release([suppression_id], by=request.user, at=timezone.now())
    return HttpResponseRedirect(reverse("suppressions"))


@for_roles(MAY_SEE_PEOPLE)
@require_POST
def release_many(request: PersonalRequest) -> HttpResponse:
    """Exactly those that were counted on the page before: what came since stays."""
    many, now = ManyForm(request.POST), timezone.now()
    if not many.is_valid():
        return _page(request, SuppressionForm(), status=400)
    suppressing.release(many.rows(at=now).values_list("pk", flat=True), by=request.user, at=now)
    return HttpResponseRedirect(reverse("suppressions"))
