"""/organise/pace/: how much mail may leave in an hour, in all and to each group of mailboxes; it may change while mail leaves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from network.numbers import CountField
from network.permissions import MAY_SEE_PEOPLE
from network.personal.request import PersonalRequest
from network.workspace.access import for_roles
from notifications.flows import pacing
from notifications.models import SendLimit

PER_HOUR_MAX = 100_000_000
BUCKETS = {
    "default": _("All mail"),
    "default:google": _("Mailboxes at Google"),
    "default:microsoft": _("Mailboxes at Microsoft"),
    "default:yahoo": _("Mailboxes at Yahoo"),
    "default:apple": _("Mailboxes at Apple"),
    "default:other": _("All other mailboxes"),
}


class LimitForm(forms.Form):
    bucket = forms.ChoiceField(
        label=_("Which mail?"), choices=list(BUCKETS.items()), widget=forms.Select({"class": "input"})
    )
    per_hour = CountField(label=_("How many letters an hour, at most?"), min_value=1, max_value=PER_HOUR_MAX)


@for_roles(MAY_SEE_PEOPLE)
@require_safe
def limits(request: PersonalRequest) -> HttpResponse:
    return _page(request, LimitForm())


def _page(request: PersonalRequest, form: LimitForm, *, status: int = 200) -> HttpResponse:
    rows = SendLimit.objects.select_related("set_by").order_by("bucket")
    context: dict[str, Any] = {
        "rows": [{"row": row, "label": BUCKETS.get(row.bucket, row.bucket)} for row in rows],
        "form": form,
    }
    return render(request, "workspace/pacing.html", context, status=status)


@for_roles(MAY_SEE_PEOPLE)
@require_POST
def set_limit(request: PersonalRequest) -> HttpResponse:
    form = LimitForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    data = form.cleaned_data
    pacing.set_limit(data["bucket"], data["per_hour"], by=request.user, at=timezone.now())
    return HttpResponseRedirect(reverse("send_limits"))


@for_roles(MAY_SEE_PEOPLE)
@require_POST
def lift_limit(request: PersonalRequest, limit_id: int) -> HttpResponse:
    pacing.lift_limit(limit_id, by=request.user, at=timezone.now())
    return HttpResponseRedirect(reverse("send_limits"))
