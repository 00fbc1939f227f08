"""Lines: plain text as mail is read."""

from __future__ import annotations

import textwrap

LINE_LETTERS, SIGNATURE = 72, "-- "


def in_lines(text: str) -> str:
    """A text as mail is read: no line longer than LINE_LETTERS, none broken within a word or an address."""
    return "\n".join(
        textwrap.fill(line, LINE_LETTERS, break_long_words=False, break_on_hyphens=False) if line != SIGNATURE else line
        for line in text.split("\n")
    )
