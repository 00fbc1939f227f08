"""The sheet: one campaign on A4, to pin up or hand round. Who, what happened, what is asked, and where to sign.

Drawn from the published form and kept nowhere. Paper cannot be called back, so it says when it was printed, and that the
page decides what may still be said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import qrcode

from campaigns.publishing.defender import PublishedName
from campaigns.publishing.paper import ACT, EDGE, INK, SOFT, Paper, mark, paragraphs_of
from network.languages import direction_of

QR_SIDE = 34.0  # mm: read by an old phone at arm's length


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


def sheet(words: Words) -> bytes:
    """PDF, A4, the fonts in it; two pages where the letter is long."""
    pdf = Paper(words.language, words.printed)
    pdf.set_title(" · ".join(name.text for name in words.names))
    pdf.set_creator("Hamseda")
    pdf.add_page()
    mark(pdf)
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


def _where_to_sign(pdf: Paper, words: Words) -> None:
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
