"""A letter on paper: to the office, from whoever prints it, with lines to fill in by hand and nothing of ours on it.

Drawn from the published form and kept nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from campaigns.publishing.paper import EDGE, SOFT, Paper
from network.languages import direction_of, runs

LINE = 90.0  # mm: for a hand


@dataclass(frozen=True, kw_only=True)
class Words:
    """Everything the letter says, in the language it is written in."""

    office: str
    postal: str  # its address, line by line; empty where it is not known
    subject: str
    salutation: str
    body: str  # paragraphs and lines as they were typed
    blanks: Sequence[str]  # what is filled in by hand above: who writes, from where, when
    signed: str  # and below
    language: str


def letter(words: Words) -> bytes:
    """PDF, A4, the fonts in it."""
    pdf = Paper(words.language, "")
    pdf.set_title(words.subject)
    pdf.add_page()
    for blank in words.blanks:
        _line_for(pdf, blank)
    pdf.ln(8)
    for text in (words.office, words.postal):
        if text:
            way = runs(text) or direction_of(words.language)
            pdf.say(text, 11.5, after=1, rtl=way == "rtl")
    pdf.ln(8)
    pdf.say(words.subject, 11.5, bold=True, after=4)
    pdf.say(words.salutation, 11.5, after=3)
    for paragraph in words.body.split("\n\n"):
        pdf.say(paragraph.strip(), 11.5, after=3)
    pdf.ln(36)  # for what its writer adds
    _line_for(pdf, words.signed)
    return bytes(pdf.output())


def _line_for(pdf: Paper, what: str) -> None:
    """A line to write on, and under it in small what belongs there."""
    pdf.ln(8)
    left = pdf.w - EDGE - LINE if pdf.rtl else EDGE
    pdf.set_draw_color(*SOFT)
    pdf.set_line_width(0.2)
    pdf.line(left, pdf.get_y(), left + LINE, pdf.get_y())
    pdf.ln(0.5)
    pdf.say(what, 8, colour=SOFT)
