"""/campaigns/SLUG/N/words/: what stands in the way of words that somebody is writing, before they send them. Nothing is kept."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from campaigns.open.caching import kept_form
from campaigns.publishing import campaign as published
from campaigns.publishing.message_rules import unfit_for
from network.languages import current_language, digits_of
from network.open.errors import missing
from network.open.guard import fleeting


@fleeting
@require_POST
def words(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    """{"wrong": what the form would say beside the words, empty where they may stand}. The form decides all the same."""
    form = kept_form(published.find, slug, at=timezone.now())
    action = form.at_position(position) if form is not None else None
    if action is None or not action.kind_of.free_words:
        return missing(request)
    typed = request.POST.get("words", "")[: settings.LETTER_CHARACTERS]
    wrong = " ".join(one.says for one in unfit_for(action.kind_of, action.options, typed))
    answer = JsonResponse({"wrong": digits_of(wrong, current_language())})
    answer["Cache-Control"] = "no-store"
    return answer
