"""A button of the workspace: what was pressed is done or refused in words, and the page it stood on comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone

from campaigns.publishing.workspace import PartState
from campaigns.refusals import LanguageNotReady
from campaigns.workspace.missing import in_words
from network.open.errors import missing, refusal
from network.personal.request import PersonalRequest
from network.refusals import ContentChanged, Refused


def pressed(request: PersonalRequest, row_id: int, flow: Callable[..., Any], there: str) -> HttpResponse:
    """flow: takes the row's id, by and at. there: the address to go back to; empty: there is no such row."""
    if not there:
        return missing(request)
    try:
        flow(row_id, by=request.user, at=timezone.now())
    except LanguageNotReady as refused:
        return refusal(request, refused, missing=in_words(refused.missing))
    except Refused as refused:
        return refusal(request, refused)
    return HttpResponseRedirect(there)


def part_approved(
    request: PersonalRequest, row_id: int, flow: Callable[..., Any], parts: Iterable[PartState], there: str
) -> HttpResponse:
    """The part named in the form is approved at the digest that was on the reader's screen; refused where it is another by now.
    flow: takes the row's id, the part's name, digest, by and at."""

    def approve(row_id: int, **who_and_when: Any) -> None:
        state = next((state for state in parts if state.name == request.POST.get("part")), None)
        if state is None or state.part.digest != request.POST.get("digest"):
            raise ContentChanged
        flow(row_id, state.name, digest=state.part.digest, **who_and_when)

    return pressed(request, row_id, approve, there)
