"""Paper: A4 in our own face, either direction, set by HarfBuzz. It brings font tools along, so it is loaded by who prints."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import partial
from html import unescape
from pathlib import Path
from typing import cast
from unicodedata import category

from anyascii import anyascii
from django.conf import settings
from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos
from fpdf.fonts import TTFFont

from network.languages import direction_of

FONTS = Path(settings.BASE_DIR) / "static" / "fonts"
REGULAR, BOLD = "Vazirmatn-Regular.ttf", "Vazirmatn-Bold.ttf"
EDGE, BOTTOM = 18.0, 16.0  # mm
INK, SOFT, ACT = (20, 22, 26), (76, 82, 89), (23, 56, 154)
BLOCK = re.compile(r"</(?:p|li|h\d|blockquote)>|<br ?/?>")
TAG = re.compile(r"<[^>]+>")


class Paper(FPDF):
    """foot: what stands at the foot of every page."""

    def __init__(self, language: str, foot: str) -> None:
        super().__init__(format="A4", unit="mm")
        self.rtl, self.foot = direction_of(language) == "rtl", foot
        self.add_font("Face", "", str(FONTS / REGULAR))
        self.add_font("Face", "B", str(FONTS / BOLD))
        self.set_text_shaping(True)
        self.set_margins(EDGE, EDGE, EDGE)
        self.c_margin = 0  # text stands on the same edge as the rules
        self.set_auto_page_break(True, BOTTOM + 8)
        self.set_lang(language)

    def footer(self) -> None:
        self.set_y(-BOTTOM)
        self.set_font("Face", "", 8)
        self.set_text_color(*SOFT)
        self.multi_cell(0, 4, self.foot, align=self.start)

    @property
    def start(self) -> Align:
        return Align.R if self.rtl else Align.L

    def say(
        self,
        text: str,
        size: float,
        *,
        bold: bool = False,
        colour: tuple[int, int, int] = INK,
        leading: float = 1.5,
        after: float = 0,
        width: float = 0,
        rtl: bool | None = None,
    ) -> None:
        """A paragraph in points, from the edge at which its direction begins. width: mm, 0 for the whole line."""
        way = self.rtl if rtl is None else rtl
        text = self.printable(text)
        self.set_font("Face", "B" if bold else "", size)
        self.set_text_color(*colour)
        self.set_text_shaping(True, direction="rtl" if way else "ltr")
        align = Align.R if way else Align.L
        height = size * 0.3528 * leading * (1.15 if way else 1)
        self.multi_cell(width, height, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_text_shaping(True)
        if after:
            self.ln(after)

    def printable(self, text: str) -> str:
        """Every word in letters that the face has; one in others (Greek, Cyrillic, Chinese) in Latin ones: nobody is left out."""
        known = cast("TTFFont", self.fonts["face"]).cmap
        return " ".join(word if all(map(partial(_stands, known), word)) else anyascii(word) for word in text.split(" "))

    def rule(self, thick: float, colour: tuple[int, int, int] = INK, after: float = 3) -> None:
        self.set_draw_color(*colour)
        self.set_line_width(thick)
        self.line(EDGE, self.get_y(), self.w - EDGE, self.get_y())
        self.ln(after)


def _stands(known: Container[int], letter: str) -> bool:
    """What has a glyph, or needs none."""
    return ord(letter) in known or category(letter) in {"Cf", "Zs", "Cc"}


def mark(pdf: Paper) -> None:
    """Our name in both scripts, and the line between."""
    pdf.set_font("Face", "B", 13)
    pdf.set_text_color(*INK)
    top = pdf.get_y()
    latin, persian = pdf.get_string_width("Hamseda"), pdf.get_string_width("همصدا")
    pdf.cell(0, 7, "Hamseda", align=Align.L)
    pdf.set_xy(EDGE, top)
    pdf.cell(0, 7, "همصدا", align=Align.R)
    pdf.set_draw_color(*ACT)
    pdf.set_line_width(0.8)
    pdf.line(EDGE + latin + 4, top + 3.8, pdf.w - EDGE - persian - 4, top + 3.8)
    pdf.set_y(top + 14)


def paragraphs_of(safe_html: str) -> list[str]:
    """The plain paragraphs of a letter; items of a list begin with a dash."""
    marked = re.sub(r"<li[^>]*>", "– ", safe_html)
    return [plain for block in BLOCK.split(marked) if (plain := " ".join(unescape(TAG.sub("", block)).split()))]
