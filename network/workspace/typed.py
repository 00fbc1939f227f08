"""Words typed into a form of the workspace: what a text field would accept, cut to its length; and put on record once."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from network.workspace.access import DONE, View


def typed(request: HttpRequest, name: str, *, most: int) -> str:
    """The field without surrounding space and without characters nobody types: NUL, surrogates, controls but newlines."""
    text = "".join(
        character
        for character in request.POST.get(name, "")[: most * 2]
        if character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cs", "Co", "Cn"}
    )
    return text.strip()[:most]


def not_twice(there: str) -> Callable[[View], View]:
    """Decorate a view that puts on record what was typed: the very same, sent once more by the same person within
    SAME_FORM_MINUTES (by going back and pressing again), is on record once, and they are told. What they took back or decided
    meanwhile ends that. Never for what must always act, such as harm. there: the name of the page that shows it, with the view's
    own arguments. With the cache away nobody can tell, and it is taken."""

    def decorate(view: View) -> View:
        @wraps(view)
        def taken_once(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method != "POST":
                return view(request, *args, **kwargs)
            key = f"typed:{_digest(request)}"
            if not cache.add(key, True, timeout=settings.SAME_FORM_MINUTES * 60) and cache.get(key):
                return _sent_before(request, reverse(there, args=list(kwargs.values())))
            taken = False
            try:
                answer = view(request, *args, **kwargs)
                taken = answer.status_code < 400
                answer.is_of_typed_words = True  # type: ignore[attr-defined]  # to the door no other deed
            finally:
                if not taken:
                    cache.delete(key)
            return answer

        return taken_once

    return decorate


def _sent_before(request: HttpRequest, there: str) -> HttpResponse:
    words = _("You sent exactly this a while ago, so it was not entered again. If it is something else, change a word.")
    messages.info(request, words, extra_tags=DONE)
    answer = HttpResponseRedirect(there)
    answer.was_sent_before = answer.is_of_typed_words = True  # type: ignore[attr-defined]  # the door says nothing more of it
    return answer


def _digest(request: HttpRequest) -> str:
    typed = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    said = [request.user.pk, cache.get(f"moved-on:{request.user.pk}"), request.path, typed]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
