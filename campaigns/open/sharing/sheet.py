"""The sheet: one campaign on A4, to pin up or hand round. Who, what happened, what is asked, and where to sign.

Drawn from the published form and kept nowhere. Paper cannot be called back, so it says when it was printed, and that the
page decides what may still be said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

import qrcode
from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos

from campaigns.open.sharing.lettering import BOLD, FONTS, REGULAR
from campaigns.publishing.defender import PublishedName
from network.languages import direction_of

EDGE, BOTTOM = 18.0, 16.0  # mm
QR_SIDE = 34.0  # mm: read by an old phone at arm's length
INK, SOFT, ACT = (20, 22, 26), (76, 82, 89), (23, 56, 154)
BLOCK = re.compile(r"</(?:p|li|h\d|blockquote)>|<br ?/?>")
TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, kw_only=True)
class Words:
    """Everything the sheet says: the campaign's words in the language they are written in, its own in the reader's."""

    kicker: str
    names: Sequence[PublishedName]
    deck: str
    target: str  # "To the Court of Appeal"
    letter_html: str
    what_you_sign: str  # headings and lines of the sheet itself
    put_your_name: str
    address: str  # where to sign: drawn as a QR code and written out
    printed: str
    spoken: str  # the language of kicker, deck, target and letter
    language: str  # the reader's


class Sheet(FPDF):
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
        self.set_font("Face", "B" if bold else "", size)
        self.set_text_color(*colour)
        self.set_text_shaping(True, direction="rtl" if way else "ltr")
        align = Align.R if way else Align.L
        height = size * 0.3528 * leading * (1.15 if way else 1)
        self.multi_cell(width, height, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_text_shaping(True)
        if after:
            self.ln(after)

    def rule(self, thick: float, colour: tuple[int, int, int] = INK, after: float = 3) -> None:
        self.set_draw_color(*colour)
        self.set_line_width(thick)
        self.line(EDGE, self.get_y(), self.w - EDGE, self.get_y())
        self.ln(after)


def sheet(words: Words) -> bytes:
    """PDF, A4, the fonts in it; two pages where the letter is long."""
    pdf = Sheet(words.language, words.printed)
    pdf.set_title(" · ".join(name.text for name in words.names))
    pdf.set_creator("Hamseda")
    pdf.add_page()
    _mark(pdf)
    spoken_rtl = direction_of(words.spoken) == "rtl"
    pdf.say(words.kicker, 10, bold=True, after=1, rtl=spoken_rtl)
    for name in sorted(words.names, key=lambda name: name.language != words.language)[:2]:
        pdf.say(name.text, 34, bold=True, leading=1.2, rtl=direction_of(name.language) == "rtl")
    pdf.ln(2)
    pdf.say(words.deck, 14, leading=1.45, after=4, rtl=spoken_rtl)
    _where_to_sign(pdf, words)
    pdf.rule(0.8)
    pdf.say(words.what_you_sign, 13, bold=True, after=1)
    pdf.say(words.target, 9.5, colour=SOFT, after=2, rtl=spoken_rtl)
    for paragraph in paragraphs_of(words.letter_html):
        pdf.say(paragraph, 11.5, after=2, rtl=spoken_rtl)
    return bytes(pdf.output())


def paragraphs_of(safe_html: str) -> list[str]:
    """The plain paragraphs of a letter; items of a list begin with a dash."""
    marked = re.sub(r"<li[^>]*>", "– ", safe_html)
    return [plain for block in BLOCK.split(marked) if (plain := " ".join(unescape(TAG.sub("", block)).split()))]


def _mark(pdf: Sheet) -> None:
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


def _where_to_sign(pdf: Sheet, words: Words) -> None:
    """The code on the side where reading ends, the words beside it: by phone, or typed."""
    pdf.rule(0.8)
    top = pdf.get_y()
    left = EDGE if pdf.rtl else pdf.w - EDGE - QR_SIDE
    code = qrcode.QRCode(border=0, error_correction=qrcode.ERROR_CORRECT_M)
    code.add_data(words.address)
    matrix = code.get_matrix()
    side = QR_SIDE / len(matrix)
    pdf.set_fill_color(*INK)
    for row, cells in enumerate(matrix):
        for column, is_dark in enumerate(cells):
            if is_dark:
                pdf.rect(left + column * side, top + row * side, side, side, style="F")
    width = pdf.w - 2 * EDGE - QR_SIDE - 8
    if pdf.rtl:
        pdf.set_left_margin(EDGE + QR_SIDE + 8)
        pdf.set_x(EDGE + QR_SIDE + 8)
    pdf.say(words.put_your_name, 17, bold=True, leading=1.3, width=width, after=1)
    pdf.say(words.address, 10.5, colour=ACT, width=width, rtl=False)
    pdf.set_left_margin(EDGE)
    pdf.set_y(max(pdf.get_y(), top + QR_SIDE) + 5)
