"""/me/letters/: alerts that wait here for their reader, instead of going to a mailbox or beside it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from network.models import ContactConsent
from network.open.paging import page_of
from network.personal.request import PersonalRequest
from notifications.engine.compiling import Letter, letter_of
from notifications.models import Delivery


@login_required
@require_safe
def letters(request: PersonalRequest) -> HttpResponse:
    paged = page_of(request, Delivery.objects.kept_for(request.user, ContactConsent.Channel.INBOX))
    rows = [{"row": row, "letter": _letter(row, request)} for row in paged["page"]]
    return render(request, "personal/letters.html", {**paged, "rows": rows})


@login_required
@require_safe
def letter(request: PersonalRequest, delivery_id: int) -> HttpResponse:
    """One letter; or, when what it speaks of may no longer be shown, that it is so."""
    mine = Delivery.objects.kept_for(request.user, ContactConsent.Channel.INBOX)
    row = get_object_or_404(mine, pk=delivery_id)
    found = _letter(row, request)
    context = {"row": row, "letter": found}
    return render(request, "personal/letter.html", context, status=200 if found else 410)


def _letter(row: Delivery, request: PersonalRequest) -> Letter | None:
    return letter_of(row.alert, language=request.user.language, name=request.user.display_name)
