"""What a workspace page's frame needs to know about its reader."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import json_script

from network.models import KeptWords, Organisation, Person
from network.permissions import MAY_EDIT, MAY_READ, may, workplaces
from network.workspace.access import DONE

register = template.Library()


@register.simple_tag
def works_in_host(person: Person) -> bool:
    return may(person, MAY_READ)


@register.simple_tag
def works_on_cases(person: Person) -> bool:
    return may(person, MAY_EDIT)


@register.simple_tag
def done_in(request: HttpRequest) -> str:
    """What the page before this one did, said once; empty when it did nothing."""
    said = [str(one) for one in messages.get_messages(request) if DONE in one.tags]
    return said[-1] if said else ""


@register.inclusion_tag("workspace/kept.html", takes_context=True)
def kept_words(context: dict[str, Any]) -> dict[str, Any]:
    """What the reader was writing on this page and has not sent, offered to be put back; and the script that keeps it."""
    request = context["request"]
    kept = KeptWords.objects.filter(person=request.user, place=request.path).first()
    fields = json.loads(kept.words) if kept else {}
    sentences = [text for texts in fields.values() for text in texts if " " in text]  # for whoever has no script
    return {"kept": kept, "words": json_script(fields, "kept-words") if kept else "", "sentences": sentences}


@register.simple_tag
def workplaces_of(person: Person) -> list[Organisation]:
    """The organisations whose pages this reader is led to."""
    return workplaces(person)
