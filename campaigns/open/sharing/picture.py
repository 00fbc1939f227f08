"""The picture that goes along when a page's address is shared: the name, large, and nothing that is not on the page.

Never a face: where a picture travels nobody can call it back.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from campaigns.open.sharing.lettering import draw, width_of, wrapped
from campaigns.publishing.defender import PublishedName
from campaigns.publishing.paper import BOLD, REGULAR
from network.languages import direction_of

WIDTH, HEIGHT, EDGE = 1200, 630, 72
PAPER, INK, SOFT, ACT = "#fcfcfb", "#14161a", "#4c5259", "#17389a"
NAME, SMALLEST, WORDS, SMALL = 104.0, 44.0, 36.0, 28.0  # pixels per em
SMALLER = (33.0, 30.0, 27.0)  # for longer words


@dataclass(frozen=True, kw_only=True)
class Words:
    kicker: str
    names: Sequence[PublishedName]
    deck: str
    language: str


def share_picture(words: Words) -> bytes:
    """PNG, 1200 by 630 pixels, laid out in the direction of the reader's language."""
    direction = direction_of(words.language)
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    start = WIDTH - EDGE if direction == "rtl" else EDGE
    _mark(picture, direction)
    kicker = _shortened(words.kicker, size=SMALL, weight=BOLD, direction=direction)
    draw(picture, kicker, at=(start, 172), size=SMALL, colour=INK, weight=BOLD, direction=direction)
    bottom = _names(picture, words)
    size, lines = _fitted(words.deck, height=HEIGHT - EDGE / 2 - bottom - 70, direction=direction)
    for place, line in enumerate(lines):
        at = (start, bottom + 70 + place * size * 1.55)
        draw(picture, line, at=at, size=size, colour=SOFT, weight=REGULAR, direction=direction)
    out = io.BytesIO()
    picture.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _fitted(text: str, *, height: float, direction: str) -> tuple[float, list[str]]:
    """(size, lines): as large as all of it fits; where even the smallest does not, as many whole words as do."""
    room = 1
    for size in (WORDS, *SMALLER):
        lines = wrapped(text, size=size, width=WIDTH - 2 * EDGE, direction=direction)
        room = int(height // (size * 1.55)) + 1
        if len(lines) <= room:
            return size, lines
    last = lines[room - 1].split()
    while len(last) > 1 and width_of(f"{' '.join(last)} …", size=size, direction=direction) > WIDTH - 2 * EDGE:
        last.pop()
    return size, [*lines[: room - 1], f"{' '.join(last)} …"]


def _mark(picture: Image.Image, direction: str) -> None:
    """Two scripts reading towards each other along one line."""
    latin = width_of("Hamseda", size=SMALL, weight=BOLD)
    persian = width_of("همصدا", size=SMALL, weight=BOLD, direction="rtl")
    draw(picture, "Hamseda", at=(EDGE, 84), size=SMALL, colour=INK, weight=BOLD)
    draw(picture, "همصدا", at=(WIDTH - EDGE, 84), size=SMALL, colour=INK, weight=BOLD, direction="rtl")
    line = (EDGE + latin + 24, 75, WIDTH - EDGE - persian - 24, 79)
    ImageDraw.Draw(picture).rectangle(line, fill=ACT)


def _names(picture: Image.Image, words: Words) -> float:
    """Each script from its own edge, the reader's first; one line while both fit, else one below the other."""
    names = sorted(words.names, key=lambda name: name.language != words.language)[:2]
    room = WIDTH - 2 * EDGE
    size, widths = NAME, _widths(names, NAME)
    beside = sum(widths) + 48 * (len(names) - 1) <= room
    if not beside:
        while max(widths) > room and size > SMALLEST:
            size -= 4
            widths = _widths(names, size)
    baseline = 172.0
    for place, name in enumerate(names):
        way = direction_of(name.language)
        if place == 0 or not beside:
            baseline += size * (1.2 if place == 0 else 1.3)
        edge = WIDTH - EDGE if way == "rtl" else EDGE
        draw(picture, name.text, at=(edge, baseline), size=size, colour=INK, weight=BOLD, direction=way)
    return baseline + size * 0.2


def _widths(names: Sequence[PublishedName], size: float) -> list[float]:
    return [width_of(name.text, size=size, weight=BOLD, direction=direction_of(name.language)) for name in names]


def _shortened(text: str, *, size: float, weight: str, direction: str) -> str:
    lines = wrapped(text, size=size, width=WIDTH - 2 * EDGE - 40, weight=weight, direction=direction)
    return lines[0] + (" …" if len(lines) > 1 else "") if lines else ""
