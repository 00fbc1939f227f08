"""Lettering: words in any of our scripts drawn into a picture, shaped by HarfBuzz from the one face that is shipped.

Pillow's own layout of right-to-left text needs a library of the system; this needs none.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import uharfbuzz as hb
from fpdf.bidi import BidiParagraph
from fpdf.enums import TextDirection
from PIL import Image, ImageChops, ImageDraw

from campaigns.publishing.paper import FONTS, REGULAR

FINER = 3  # drawn so many times larger and made smaller: smooth edges
BENDS = 8  # straight pieces per curve

Point = tuple[float, float]


@dataclass(frozen=True)
class Glyph:
    number: int
    x: float  # of its origin, in font units from the line's start
    y: float


@cache
def _font(weight: str) -> hb.Font:
    return hb.Font(hb.Face(hb.Blob.from_file_path(str(FONTS / weight))))


def _shaped(text: str, weight: str, direction: str) -> tuple[list[Glyph], float]:
    """(glyphs of one line, its width), in font units, the leftmost first."""
    base = TextDirection.RTL if direction == "rtl" else TextDirection.LTR
    runs = list(BidiParagraph(text, base, preserve_bn_chars=True).get_bidi_fragments())
    glyphs: list[Glyph] = []
    x = 0.0
    for words, way in runs if base == TextDirection.LTR else reversed(runs):
        buffer = hb.Buffer()
        buffer.add_str(words)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if way == TextDirection.RTL else "ltr"
        hb.shape(_font(weight), buffer)
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            glyphs.append(Glyph(info.codepoint, x + place.x_offset, place.y_offset))
            x += place.x_advance
    return glyphs, x


def width_of(text: str, *, size: float, weight: str = REGULAR, direction: str = "ltr") -> float:
    """Pixels a line takes at a size (pixels per em)."""
    return _shaped(text, weight, direction)[1] * size / _font(weight).face.upem


def wrapped(text: str, *, size: float, width: float, weight: str = REGULAR, direction: str = "ltr") -> list[str]:
    """The text in lines no wider than `width` pixels, broken between words; a longer word keeps a line of its own."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size=size, weight=weight, direction=direction) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def draw(
    picture: Image.Image,
    text: str,
    *,
    at: Point,
    size: float,
    colour: str,
    weight: str = REGULAR,
    direction: str = "ltr",
) -> None:
    """One line onto a picture. at: where its baseline starts, in pixels; a right-to-left line starts at its right end."""
    glyphs, width = _shaped(text, weight, direction)
    scale = size / _font(weight).face.upem
    left = at[0] - width * scale if direction == "rtl" else at[0]
    for glyph in glyphs:
        outline = _outline(weight, glyph.number)
        if outline:
            _fill(picture, outline, left + glyph.x * scale, at[1] - glyph.y * scale, scale, colour)


Contours = list[list[Point]]


@cache
def _outline(weight: str, number: int) -> tuple[tuple[Point, ...], ...]:
    """The contours of a glyph as polygons, in font units, upwards."""
    contours: Contours = []
    _font(weight).draw_glyph(number, _drawing(), contours)
    return tuple(tuple(contour) for contour in contours if len(contour) > 2)


@cache
def _drawing() -> hb.DrawFuncs:
    """Takes down what HarfBuzz draws, curves as short straight pieces."""
    funcs = hb.DrawFuncs()
    funcs.set_move_to_func(lambda x, y, contours: contours.append([(x, y)]))
    funcs.set_line_to_func(lambda x, y, contours: contours[-1].append((x, y)))
    funcs.set_quadratic_to_func(lambda cx, cy, x, y, contours: _bend(contours, (cx, cy), (x, y)))
    funcs.set_cubic_to_func(lambda ax, ay, bx, by, x, y, contours: _bend(contours, (ax, ay), (bx, by), (x, y)))
    funcs.set_close_path_func(lambda contours: None)
    return funcs


def _bend(contours: Contours, *points: Point) -> None:
    """A Bézier curve from where the contour stands, of any degree (de Casteljau)."""
    fixed = [contours[-1][-1], *points]
    for step in range(1, BENDS + 1):
        part, row = step / BENDS, fixed
        while len(row) > 1:
            row = [(a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part) for a, b in pairwise(row)]
        contours[-1].append(row[0])


def _fill(
    picture: Image.Image, outline: tuple[tuple[Point, ...], ...], x: float, y: float, scale: float, colour: str
) -> None:
    """Fill contours so that what is inside another is a hole: each turns over what it covers."""
    every = [point for contour in outline for point in contour]
    left, right = min(p[0] for p in every) * scale, max(p[0] for p in every) * scale
    low, high = min(p[1] for p in every) * scale, max(p[1] for p in every) * scale
    box = (int(x + left) - 1, int(y - high) - 1, int(x + right) + 2, int(y - low) + 2)
    size = ((box[2] - box[0]) * FINER, (box[3] - box[1]) * FINER)
    mask = Image.new("1", size)
    for contour in outline:
        one = Image.new("1", size)
        points = [((x + px * scale - box[0]) * FINER, (y - py * scale - box[1]) * FINER) for px, py in contour]
        ImageDraw.Draw(one).polygon(points, fill=1)
        mask = ImageChops.logical_xor(mask, one)
    soft = mask.convert("L").resize((box[2] - box[0], box[3] - box[1]), Image.Resampling.BOX)
    picture.paste(Image.new("RGB", soft.size, colour), box[:2], soft)
