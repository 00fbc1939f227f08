"""Template elements that need code: what pages are made of. The style page shows each in each of its states."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from network.templatetags.localization import own_first

register = template.Library()

STROKE_PITCH = 7.2  # px


@register.inclusion_tag("elements/entry.html")
def entry(field: Any) -> dict[str, Any]:
    """A labelled control with its hint and its error, which Django ties to it by their names; what the page's script would
    say of it in the server's own words."""
    _say_what_would_be_wrong(field)
    return {"field": field}


def _say_what_would_be_wrong(field: Any) -> None:
    attributes, messages = field.field.widget.attrs, field.field.error_messages
    if field.field.required:
        attributes["data-missing"] = messages["required"]
    if "invalid" in messages and getattr(field.field.widget, "input_type", "") == "email":
        attributes["data-wrong"] = messages["invalid"]


@register.inclusion_tag("elements/choice.html")
def choice(field: Any) -> dict[str, Any]:
    """A tick box with its label, hint and error."""
    _say_what_would_be_wrong(field)
    return {"field": field}


@register.inclusion_tag("elements/choices.html")
def choices(field: Any) -> dict[str, Any]:
    """Several tick boxes, or the ones of which a reader takes one, under the legend they share."""
    return {"field": field}


@register.inclusion_tag("elements/name.html")
def name(names: list[Any], tag: str = "h1", css: str = "name") -> dict[str, Any]:
    """A person's names, one child per script, in the order in which the page's readers find their own first."""
    return {"names": own_first(names), "tag": tag, "css": css}


@register.inclusion_tag("elements/way_back.html", takes_context=True)
def way_back(context: Any) -> dict[str, Any]:
    """From an error to the page of ours that sent the form, as far as the browser says which; else to the first page."""
    request = context.get("request")
    return {"came_from": _own_page_before(request) if request is not None and request.method == "POST" else ""}


def _own_page_before(request: HttpRequest) -> str:
    referrer = urlsplit(request.META.get("HTTP_REFERER", ""))
    try:
        return referrer.path if referrer.netloc == request.get_host() else ""
    except DisallowedHost:
        return ""


@register.inclusion_tag("elements/chart.html")
def chart(bars: list[tuple[int, int]], title: str, front: str, behind: str) -> dict[str, Any]:
    """Bars side by side, one in front of another: [(front, behind), …]. A table beside it says the same in figures."""
    most = max([1, *(number for pair in bars for number in pair)])

    def drawn(which: int) -> str:
        heights = [pair[which] * 100 / most for pair in bars]
        return "".join(f"M{4 + 10 * place} 100v-{height:.1f}" for place, height in enumerate(heights) if height)

    labels = {"title": title, "front_label": front, "behind_label": behind}
    return {"width": 10 * len(bars), "front": drawn(0), "behind": drawn(1), "most": most, **labels}


@register.inclusion_tag("elements/progress.html")
def strokes(done: int, to_do: int) -> dict[str, Any]:
    """The tally's machine cousin: one stroke a unit of work, one pitch everywhere, so that lanes can be compared."""
    return {
        "width": (done + to_do) * STROKE_PITCH,
        "sent": "".join(f"M{2 + place * STROKE_PITCH:.1f} 0v24" for place in range(done)),
        "todo": "".join(f"M{2 + place * STROKE_PITCH:.1f} 0v24" for place in range(done, done + to_do)),
    }


@register.inclusion_tag("elements/tally.html")
def tally(number: int) -> dict[str, Any]:
    """A tally of strokes, drawn as one path; `each` is how many people one stroke stands for."""
    each = next(size for size in (1, 10, 100, 1_000, 10_000, 100_000, 10**9) if number <= size * 150)
    return {"path": _strokes(number // each), "each": each, "rows": max(1, -(-(number // each) // 50))}


def _strokes(how_many: int) -> str:
    """SVG path of strokes in fives, fifty a row; the slight unevenness is a fixed function of the stroke's place."""
    parts = []
    for place in range(how_many):
        row, column = divmod(place, 50)
        x = 3.0 + column * 6.2 + (column // 5) * 4.0 + (place * 7 % 5) * 0.25
        y = 1.0 + row * 27 + (place * 11 % 4) * 0.6
        lean = -2.6 + (place * 13 % 7) * 0.4
        height = 17.5 + (place * 17 % 6) * 0.55
        parts.append(f"M{x:.1f} {y:.1f}l{lean:.1f} {height:.1f}")
    return "".join(parts)


@register.simple_block_tag
def notice(content: str, kind: str = "", role: str = "") -> SafeString:
    """Something a reader must not miss. kind: "stop" where something halts; role: "alert" or "status" where it just came."""
    return render_to_string("elements/notice.html", {"content": content, "kind": kind, "role": role})


@register.simple_block_tag
def button(
    content: str,
    href: str | None = None,
    kind: str = "",
    name: str = "",
    value: str = "",
    disabled: bool = False,
    key: str = "",
) -> SafeString:
    """A press: a link where it has an href, else a form's own. kind: "quiet", "stop" or "slight", or several of them.
    key: presses it from the keyboard, with the browser's access key.

    Raises ValueError for an empty href: `{% url … as there %}` says nothing of an address it did not find."""
    if href == "":
        raise ValueError(f"a button that leads nowhere: {content}")
    context = {"content": content, "href": href, "kind": kind, "name": name, "value": value, "disabled": disabled}
    return render_to_string("elements/button.html", {**context, "key": key})


@register.simple_block_tag
def moment(content: str, on: date, until: date | None = None, ours: bool = False) -> SafeString:
    """One entry of a timeline. until: where the day is only known to lie between the two. ours: people did it together."""
    return render_to_string("elements/moment.html", {"content": content, "on": on, "until": until, "ours": ours})


@register.simple_block_tag
def part(content: str, title: str, id: str, note: str = "", css: str = "") -> SafeString:
    """A part of a page: a heavy rule, its title, what belongs to it. css: "flow" or "prose" for running text."""
    context = {"content": content, "title": title, "id": id, "note": note, "css": css}
    return render_to_string("elements/part.html", context)


@register.simple_block_tag
def act(content: str, id: str, action: str = "", wrong: bool = False) -> SafeString:
    """The one solid block of a page, where its reader acts. wrong: it came back with something to put right."""
    return render_to_string("elements/act.html", {"content": content, "id": id, "action": action, "wrong": wrong})


@register.simple_block_tag
def table(content: str, named_by: str, css: str = "") -> SafeString:
    """A table that scrolls by itself on a narrow screen, for the keyboard too. named_by: the id of its title."""
    return render_to_string("elements/table.html", {"content": content, "named_by": named_by, "css": css})
